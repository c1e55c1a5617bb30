package dev.discount.nn;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LibraryVersionTest {

  @Test
  void get_always_isTheVersionOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String version = "<version>" + LibraryVersion.get() + "</version>";
    assertTrue(pom.substring(0, pom.indexOf("</parent>")).contains(version), version);
  }
}
