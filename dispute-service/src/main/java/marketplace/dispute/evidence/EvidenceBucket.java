package marketplace.dispute.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import marketplace.kernel.EvidenceId;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/// Evidence in a bucket of a store that speaks S3, Amazon's or another. Nothing but this class
/// knows the SDK, and nobody loads it without a bucket.
public final class EvidenceBucket implements EvidenceStore, AutoCloseable {
  private static final String PREFIX = "evidence/";
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final Duration SILENCE_MAX = Duration.ofSeconds(10);

  /// With all tries of the SDK.
  private static final Duration CALL_MAX = Duration.ofSeconds(60);

  private final S3Client client;
  private final String bucket;
  private final String prefix;

  public EvidenceBucket(EvidenceSettings.Bucket settings) {
    bucket = settings.bucket();
    prefix = settings.prefix().orElse(PREFIX);
    var builder =
        S3Client.builder()
            .region(Region.of(settings.region()))
            .credentialsProvider(credentials(settings))
            // Others than Amazon do not know the newer checksums, or bodies in signed chunks.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(configuration -> configuration.chunkedEncodingEnabled(false))
            .httpClient(
                UrlConnectionHttpClient.builder()
                    .connectionTimeout(CONNECT_MAX)
                    .socketTimeout(SILENCE_MAX)
                    .build())
            .overrideConfiguration(calls -> calls.apiCallTimeout(CALL_MAX));
    settings
        .endpoint()
        .ifPresent(endpoint -> builder.endpointOverride(endpoint).forcePathStyle(true));
    client = builder.build();
  }

  private static AwsCredentialsProvider credentials(EvidenceSettings.Bucket settings) {
    return settings
        .accessKey()
        .<AwsCredentialsProvider>map(key ->
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(key, settings.secretKey().orElse(""))))
        .orElseGet(() -> DefaultCredentialsProvider.builder().build());
  }

  @Override
  public void close() {
    client.close();
  }

  /// The store shows a piece when all of it has come, or never. Where it has come and the answer is
  /// lost, nobody will ask for it: it goes at once, or at the latest with the unused drafts.
  @Override
  public void keep(EvidenceId id, Path file) throws IOException {
    try {
      ask(() ->
          client.putObject(put -> put.bucket(bucket).key(key(id)), RequestBody.fromFile(file)));
    } catch (IOException e) {
      try {
        remove(id);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  @Override
  public Optional<InputStream> open(EvidenceId id) throws IOException {
    try {
      return Optional.of(ask(() -> client.getObject(get -> get.bucket(bucket).key(key(id)))));
    } catch (IOException e) {
      if (e.getCause() instanceof NoSuchKeyException) return Optional.empty();
      throw e;
    }
  }

  @Override
  public void remove(EvidenceId id) throws IOException {
    ask(() -> client.deleteObject(delete -> delete.bucket(bucket).key(key(id))));
  }

  /// By the store's own clock. What bears other names than ours is not looked at.
  @Override
  public List<EvidenceId> keptBefore(Instant wall) throws IOException {
    return ask(() ->
        client
            .listObjectsV2Paginator(list -> list.bucket(bucket).prefix(prefix))
            .contents()
            .stream()
            .filter(object -> object.lastModified().isBefore(wall))
            .flatMap(object -> idOf(object.key()))
            .toList());
  }

  private String key(EvidenceId id) {
    return prefix + id;
  }

  private Stream<EvidenceId> idOf(String key) {
    try {
      return Stream.of(EvidenceId.of(key.substring(prefix.length())));
    } catch (IllegalArgumentException _) {
      return Stream.empty();
    }
  }

  /// Its faults are those of any store: it is away, or has said no.
  private static <T> T ask(Supplier<T> question) throws IOException {
    try {
      return question.get();
    } catch (SdkException | java.io.UncheckedIOException e) {
      throw new IOException("the bucket: " + e.getMessage(), e);
    }
  }
}
