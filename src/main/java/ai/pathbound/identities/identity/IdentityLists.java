package ai.pathbound.identities.identity;

import ai.pathbound.identities.json.Pagination;
import ai.pathbound.identities.streaming.LongBody;
import ai.pathbound.identities.tenant.TenantId;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * All identities of a tenant as one body: of no more than a page at once, as most tenants have
 * them, and of more in pieces, so that memory does not grow with their number.
 */
@ApplicationScoped
class IdentityLists {
  private static final byte[] HEAD = ascii("{\"status\":\"success\",\"identities\":[");
  private static final byte[] BETWEEN = ascii(",");
  private static final byte[] TAIL = ascii("]}");

  private final IdentityReads reads;
  private final ObjectWriter json;

  IdentityLists(IdentityReads reads, ObjectMapper json) {
    this.reads = reads;
    this.json = json.writerFor(IdentityView.class).withRootValueSeparator(",");
  }

  /** {@link IdentityResponses.Many}, or a {@link LongBody} that reads the same once it is sent. */
  Uni<Object> all(TenantId tenant) {
    return reads
        .page(tenant, Optional.empty(), Pagination.MAX_LIMIT + 1)
        .map(
            found ->
                found.size() <= Pagination.MAX_LIMIT
                    ? IdentityResponses.Many.all(found)
                    // From the beginning again: what was read is of another snapshot.
                    : new LongBody(tenant, reads.all(tenant).map(this::piece)));
  }

  private byte[] piece(IdentityReads.Part part) {
    ByteArrayOutputStream piece = new ByteArrayOutputStream(part.views().size() * 400 + 64);
    if (part.isFirst()) {
      piece.writeBytes(HEAD);
    } else if (!part.views().isEmpty()) {
      piece.writeBytes(BETWEEN);
    }
    write(part.views(), piece);
    if (part.isLast()) {
      piece.writeBytes(TAIL);
    }
    return piece.toByteArray();
  }

  private void write(List<IdentityView> views, ByteArrayOutputStream piece) {
    try (SequenceWriter sequence = json.writeValues(piece)) {
      sequence.writeAll(views);
    } catch (IOException e) {
      throw new UncheckedIOException("a record of texts and times is always JSON", e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
