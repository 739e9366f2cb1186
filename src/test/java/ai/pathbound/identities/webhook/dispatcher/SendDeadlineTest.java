package ai.pathbound.identities.webhook.dispatcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Between the last look at the clock and the socket there is nothing of ours. */
class SendDeadlineTest {
  private static final long LAST_MOMENT = 1000;

  private final AtomicLong now = new AtomicLong(LAST_MOMENT - 1);
  private final Exchange exchange = new Exchange(LAST_MOMENT, now::get);

  @Test
  void whatIsInTimeIsSentAndNotReported() {
    EmbeddedChannel channel = new EmbeddedChannel();
    SendDeadline.guard(channel.pipeline(), exchange);
    channel.writeOutbound("request");
    assertEquals("request", channel.readOutbound());
    assertFalse(exchange.isInterrupted());
    assertFalse(exchange.isLate());
  }

  @Test
  void whatStoodStillOnItsWayToTheSocketIsThrownAwayWithTheConnection() {
    EmbeddedChannel channel = new EmbeddedChannel(at(LAST_MOMENT));
    SendDeadline.guard(channel.pipeline(), exchange);
    channel.write("request");
    channel.flush();
    assertNull(channel.readOutbound());
    assertFalse(channel.isOpen());
    channel.flush();
    assertTrue(exchange.isInterrupted(), "it says something of the endpoint");
    assertFalse(exchange.isLate(), "nothing was sent");
  }

  @Test
  void whatStoodStillAtTheSocketItselfIsReported() {
    EmbeddedChannel channel = new EmbeddedChannel();
    SendDeadline.guard(channel.pipeline(), exchange);
    channel.pipeline().addFirst(at(LAST_MOMENT));
    channel.writeOutbound("request");
    assertEquals("request", channel.readOutbound());
    assertFalse(exchange.isInterrupted());
    assertTrue(exchange.isLate());
  }

  @Test
  void aConnectionThatIsUsedAgainGoesByTheNextExchange() {
    EmbeddedChannel channel = new EmbeddedChannel();
    SendDeadline.guard(channel.pipeline(), exchange);
    channel.writeOutbound("first");
    now.set(LAST_MOMENT);
    SendDeadline.guard(channel.pipeline(), new Exchange(LAST_MOMENT + 1, now::get));
    channel.writeOutbound("second");
    assertEquals("first", channel.readOutbound());
    assertEquals("second", channel.readOutbound());
    assertTrue(channel.isOpen());
  }

  /** Where the process stands still until then. */
  private ChannelOutboundHandlerAdapter at(long time) {
    return new ChannelOutboundHandlerAdapter() {
      @Override
      public void flush(ChannelHandlerContext channel) throws Exception {
        now.set(time);
        super.flush(channel);
      }
    };
  }
}
