package ai.pathbound.identities.streaming;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.pathbound.identities.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferPlacesTest {
  private static final TenantId ONE = new TenantId("one");
  private static final TenantId OTHER = new TenantId("other");

  private final List<UniEmitter<? super String>> underWay = new ArrayList<>();

  private UniAssertSubscriber<String> begin(TransferPlaces places, TenantId tenant) {
    return places
        .<String>within(tenant, () -> Uni.createFrom().emitter(underWay::add))
        .subscribe()
        .withSubscriber(UniAssertSubscriber.create());
  }

  @Test
  void allTogetherGetAQuarterOfThePool() {
    TransferPlaces places = new TransferPlaces(16);
    for (int i = 0; i < 10; i++) {
      begin(places, new TenantId("tenant-" + i));
    }
    assertEquals(4, underWay.size());
  }

  @Test
  void thereIsOneInTheSmallestPool() {
    TransferPlaces places = new TransferPlaces(1);
    UniAssertSubscriber<String> first = begin(places, ONE);
    UniAssertSubscriber<String> second = begin(places, OTHER);
    underWay.get(0).complete("first");
    first.assertItem("first");
    underWay.get(1).complete("second");
    second.assertItem("second");
  }

  @Test
  void oneTenantLeavesPlacesToTheOthers() {
    TransferPlaces places = new TransferPlaces(16);
    for (int i = 0; i < 10; i++) {
      begin(places, ONE);
    }
    assertEquals(2, underWay.size());
    begin(places, OTHER);
    assertEquals(3, underWay.size());
  }

  @Test
  void nothingIsKeptOfATenantThatHasNoneUnderWay() {
    TransferPlaces places = new TransferPlaces(4);
    UniAssertSubscriber<String> done = begin(places, ONE);
    UniAssertSubscriber<String> waiting = begin(places, ONE);
    begin(places, OTHER).cancel();
    assertEquals(1, places.kept());
    waiting.cancel();
    underWay.get(0).complete("done");
    done.assertItem("done");
    assertEquals(0, places.kept());
  }
}
