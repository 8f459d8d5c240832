package marketplace.edge.document;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A POST that decides nothing, and so needs no `Idempotency-Key`.
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.CLASS)
public @interface WithoutKey {}
