package ai.pathbound.identities.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Whether the images that a kustomization names are those that run. Kustomize says nothing of an
 * entry whose {@code name} matches no image.
 */
final class ImageRules {
  private ImageRules() {}

  /** Which entries of {@code images} change nothing, and which of our containers none names. */
  static List<String> faults(Rendered rendered, JsonNode kustomization) {
    List<String> run = new ArrayList<>();
    for (JsonNode workload : rendered.workloads()) {
      Rendered.containers(Rendered.pod(workload))
          .forEach(container -> run.add(container.path("image").asText()));
    }
    List<String> faults = new ArrayList<>();
    List<Pattern> named = new ArrayList<>();
    for (JsonNode entry : kustomization.path("images")) {
      Pattern image = image(entry);
      named.add(image);
      if (run.stream().noneMatch(found -> image.matcher(found).matches())) {
        faults.add("nothing runs the image of " + entry);
      }
    }
    for (JsonNode container : Rendered.containers(Rendered.pod(rendered.identities()))) {
      String image = container.path("image").asText();
      if (named.stream().noneMatch(entry -> entry.matcher(image).matches())) {
        faults.add("no entry of images names " + image);
      }
    }
    return faults;
  }

  /** Given tag and digest, kustomize 5 writes both and older ones the digest alone. */
  private static Pattern image(JsonNode entry) {
    String name = entry.path("newName").asText(entry.path("name").asText());
    String tag = ":" + entry.path("newTag").asText();
    return Pattern.compile(
        entry.has("digest")
            ? Pattern.quote(name) + "(:[^@]+)?" + Pattern.quote("@" + entry.path("digest").asText())
            : Pattern.quote(name + tag));
  }
}
