package marketplace.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AddressesTest {
  @Test
  void are_one_object_with_users_that_can_only_read() {
    var state =
        new State(
                8080,
                List.of(),
                List.of(
                    new RunningPart("postgres", 1, 0, 5433),
                    new RunningPart("kafka", 2, 0, 9092),
                    new RunningPart("order", 3, 0, 8081),
                    new RunningPart("seller", 4, 0, 8082),
                    new RunningPart("refund", 5, 0, 8083),
                    new RunningPart("dispute", 6, 0, 8084),
                    new RunningPart("simulation", 7, 0, 8085),
                    new RunningPart("order-2", 8, 0, 9181)))
            .told("order", State.Told.STOPPED);

    assertThat(Addresses.of(state).json())
        .isEqualTo(
            """
            {"order":"http://127.0.0.1:8081","seller":"http://127.0.0.1:8082",\
            "refund":"http://127.0.0.1:8083","dispute":"http://127.0.0.1:8084",\
            "simulation":"http://127.0.0.1:8085","kafka":"127.0.0.1:9092",\
            "instances":{"order":["http://127.0.0.1:8081","http://127.0.0.1:9181"],\
            "seller":["http://127.0.0.1:8082"],"refund":["http://127.0.0.1:8083"],\
            "dispute":["http://127.0.0.1:8084"]},\
            "databases":{\
            "order":{"url":"jdbc:postgresql://127.0.0.1:5433/order_service",\
            "user":"order_reader","password":"market"},\
            "seller":{"url":"jdbc:postgresql://127.0.0.1:5433/seller_service",\
            "user":"seller_reader","password":"market"},\
            "refund":{"url":"jdbc:postgresql://127.0.0.1:5433/refund_service",\
            "user":"refund_reader","password":"market"},\
            "dispute":{"url":"jdbc:postgresql://127.0.0.1:5433/dispute_service",\
            "user":"dispute_reader","password":"market"}},\
            "pids":{"postgres":1,"kafka":2,"order":3,"seller":4,"refund":5,"dispute":6,\
            "simulation":7,"order-2":8},\
            "conditions":{"postgres":"dead","kafka":"dead","order":"stopped","seller":"dead",\
            "refund":"dead","dispute":"dead","simulation":"dead","order-2":"dead"}}\
            """);
  }
}
