package dev.discount.policy.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That no byte of a key stream is used twice, and that streams are what the format says. */
class PersonalSealTest {

  @TempDir private Path folder;
  private final MemoryKeys keys = new MemoryKeys();

  /** Bytes of a key stream that a record took. */
  private record Span(long from, long to) {}

  /** A key, a segment's salt and a stream: what must never repeat with the same bytes. */
  private record Stream(long keyId, long salt, long stream) {}

  @Test
  void use_manySegmentsOpeningsAndLostCiphers_noByteOfAStreamTwice() {
    DecisionLogConfig config =
        Shop.config().withPersonalFields(Shop.PERSONAL, 64).withSegments(1 << 16, Long.MAX_VALUE);
    for (int opening = 0; opening < 5; opening++) {
      try (DecisionLog log = DecisionLog.open(folder, config, keys)) {
        new Thread(log).start();
        Shop.decide(Shop.engine(log), 0, 2_000);
      }
    }
    Map<String, List<Span>> spans = new TreeMap<>();
    Set<Long> salts = new HashSet<>();
    int streams = 0;
    int records = 0;
    long segments;
    try (DecisionLogReader reader = DecisionLogReader.open(folder, keys)) {
      while (reader.next()) {
        PersonalSeal.Origin origin = reader.record().origin();
        if (origin != null) {
          salts.add(origin.salt());
          long to = origin.position() + reader.record().sealedBytes();
          String stream = new Stream(origin.keyId(), origin.salt(), origin.stream()).toString();
          spans
              .computeIfAbsent(stream, name -> new ArrayList<>())
              .add(new Span(origin.position(), to));
          streams += origin.position() == 0 ? 1 : 0;
          records++;
        }
      }
      segments = reader.report().segments();
    }
    assertEquals(streams, spans.size(), "each stream begins once");
    assertEquals(5, salts.size(), "the segments of an opening share a salt");
    assertTrue(segments > 5, segments + " segments");
    assertTrue(records > streams && streams > 200, streams + " of " + records);
    for (Map.Entry<String, List<Span>> entry : spans.entrySet()) {
      long end = 0;
      for (Span span : entry.getValue()) {
        assertEquals(end, span.from(), entry.getKey());
        end = span.to();
      }
    }
  }

  @Test
  void seal_twoRecords_asThePublishedFormatSaysIt() throws GeneralSecurityException {
    byte[] personal = {RecordEncoder.CUSTOMER_LONG, 14, 0};
    long salt = 0x0102030405060708L;
    PersonalSeal seal = new PersonalSeal(keys, 4);
    ByteSink out = new ByteSink(200);
    for (int i = 0; i < 9; i++) {
      seal.use(personal, 0, 3, salt);
      assertEquals(0, seal.stream());
      assertEquals(7L * i, seal.position());
      seal.seal(personal, 0, 3, out);
    }
    seal.use(new byte[] {RecordEncoder.CUSTOMER_LONG, 16}, 0, 2, salt);
    assertEquals(1, seal.stream());
    seal.use(personal, 0, 3, salt + 1);
    assertEquals(0, seal.stream());
    ByteBuffer initial = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(salt);
    Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
    CustomerKey key = keys.keyOf("7");
    SecretKeySpec secret = new SecretKeySpec(key.secret().getEncoded(), "AES");
    cipher.init(Cipher.DECRYPT_MODE, secret, new IvParameterSpec(initial.array()));
    byte[] plain = cipher.doFinal(Arrays.copyOf(out.bytes(), 63));
    CRC32 crc = new CRC32();
    crc.update(personal);
    ByteBuffer expected = ByteBuffer.allocate(63).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 9; i++) {
      expected.put(personal).putInt((int) crc.getValue());
    }
    assertArrayEquals(expected.array(), plain);
  }

  @Test
  void seal_partsOfAllLengthsAndTwoCustomersInTurn_asOneStreamEach()
      throws GeneralSecurityException {
    PersonalSeal seal = new PersonalSeal(keys, 1 << 8);
    ByteSink[] sealed = {new ByteSink(1 << 16), new ByteSink(1 << 16)};
    ByteSink[] plain = {new ByteSink(1 << 16), new ByteSink(1 << 16)};
    ByteSink part = new ByteSink(1 << 12);
    CRC32 crc = new CRC32();
    for (int i = 0; i < 400; i++) {
      int who = i % 3 == 0 ? 1 : 0;
      part.clear();
      part.putByte(RecordEncoder.CUSTOMER_LONG);
      part.putZigZag(7 + who);
      for (int fill = i % 100 == 99 ? 3_000 : i; fill > 0; fill--) {
        part.putByte(fill);
      }
      seal.use(part.bytes(), 0, part.size(), 3);
      assertEquals(sealed[who].size(), seal.position());
      seal.seal(part.bytes(), 0, part.size(), sealed[who]);
      crc.reset();
      crc.update(part.bytes(), 0, part.size());
      plain[who].put(part.bytes(), 0, part.size());
      plain[who].putInt((int) crc.getValue());
    }
    for (int who = 0; who < 2; who++) {
      byte[] initial = {3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) (1 - who), 0, 0, 0, 0};
      Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
      SecretKey secret = keys.keyOf(Integer.toString(7 + who)).secret();
      cipher.init(Cipher.DECRYPT_MODE, secret, new IvParameterSpec(initial));
      byte[] opened = cipher.doFinal(Arrays.copyOf(sealed[who].bytes(), sealed[who].size()));
      assertArrayEquals(Arrays.copyOf(plain[who].bytes(), plain[who].size()), opened);
    }
  }

  @Test
  void use_keyDestroyedMeanwhile_isNotUsedAgain() {
    byte[] personal = {RecordEncoder.CUSTOMER_LONG, 14, 0};
    PersonalSeal seal = new PersonalSeal(keys, 4);
    seal.use(personal, 0, 3, 3);
    long id = seal.keyId();
    keys.destroy("7");
    seal.use(personal, 0, 3, 3);
    assertNotEquals(id, seal.keyId());
    assertEquals(1, seal.stream());
  }

  @Test
  void open_anyOrder_findsThePlaceInTheStream() {
    byte[] personal = {RecordEncoder.CUSTOMER_LONG, 14, 5, 6, 7, 8, 9, 10, 11, 12, 13};
    PersonalSeal seal = new PersonalSeal(keys, 4);
    ByteSink out = new ByteSink(2_000);
    for (int i = 0; i < 40; i++) {
      seal.use(personal, 0, 11, 3);
      seal.seal(personal, 0, 11, out);
    }
    ByteSource in = new ByteSource().of("test", 0, out.bytes(), 0, out.size());
    long id = keys.keyOf("7").id();
    PersonalSeal opens = new PersonalSeal(keys, 4);
    for (int i = 0; i < 200; i++) {
      int place = i < 40 ? i : (int) (40 * Shop.unit(i));
      byte[] plain = opens.open(in, new PersonalSeal.Origin(id, 3, 0, 15L * place), 15 * place, 15);
      assertNotNull(plain);
      assertArrayEquals(personal, Arrays.copyOf(plain, 11));
    }
  }

  @Test
  void open_anotherKeyOrPlace_isNamed() {
    byte[] personal = {RecordEncoder.CUSTOMER_LONG, 14, 0};
    PersonalSeal seal = new PersonalSeal(keys, 4);
    ByteSink out = new ByteSink(200);
    seal.use(personal, 0, 3, 3);
    seal.seal(personal, 0, 3, out);
    long id = keys.keyOf("7").id();
    long other = keys.keyOf("8").id();
    ByteSource in = new ByteSource().of("test", 0, out.bytes(), 0, out.size());
    List<PersonalSeal.Origin> wrong =
        List.of(
            new PersonalSeal.Origin(other, 3, 0, 0),
            new PersonalSeal.Origin(id, 4, 0, 0),
            new PersonalSeal.Origin(id, 3, 1, 0),
            new PersonalSeal.Origin(id, 3, 0, 1),
            new PersonalSeal.Origin(id, 3, -1, 0),
            new PersonalSeal.Origin(id, 3, 1L << 32, 0),
            new PersonalSeal.Origin(id, 3, 0, -1),
            new PersonalSeal.Origin(id, 3, 0, 1L << 36));
    for (PersonalSeal.Origin origin : wrong) {
      assertThrows(
          LogFormatException.class,
          () -> new PersonalSeal(keys, 4).open(in, origin, 0, 7),
          origin.toString());
    }
    assertNull(seal.open(in, new PersonalSeal.Origin(99, 3, 0, 0), 0, 7));
  }
}
