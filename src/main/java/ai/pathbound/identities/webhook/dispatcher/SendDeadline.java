package ai.pathbound.identities.webhook.dispatcher;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * The last look at an exchange's deadline, next to the socket: the process may stand still at any
 * place, and of all that comes before the operating system has the bytes, this is the last of ours.
 * What is in hand when the deadline has passed is thrown away, and the connection with it.
 */
final class SendDeadline extends ChannelOutboundHandlerAdapter {
  private volatile Exchange exchange;

  private SendDeadline() {}

  /** From now on {@code connection} is that exchange's. */
  static void guard(HttpConnection connection, Exchange exchange) {
    guard(((ConnectionBase) connection).channel().pipeline(), exchange);
  }

  static void guard(ChannelPipeline pipeline, Exchange exchange) {
    SendDeadline deadline = pipeline.get(SendDeadline.class);
    if (deadline == null) {
      deadline = new SendDeadline();
      pipeline.addFirst(deadline);
    }
    deadline.exchange = exchange;
  }

  @Override
  public void flush(ChannelHandlerContext channel) {
    Exchange current = exchange;
    if (current.isTooLate()) {
      // First: what the closing does to the request, is nothing that the endpoint did.
      current.interrupt();
      channel.close();
      return;
    }
    channel.flush();
    if (current.isTooLate()) {
      current.flushedTooLate();
    }
  }
}
