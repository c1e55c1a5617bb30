package dev.discount.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.discount.policy.rule.FlatLevel;
import dev.discount.policy.testing.StubModel;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KillSwitchTest {

  private static final StubModel MODEL =
      StubModel.of(Fixtures.SCHEMA, 0.1, 0.2, 0.3, 0.4).withVersion("m1");

  private final KillSwitch killSwitch = new KillSwitch();
  private final DecisionEngine engine =
      DecisionEngine.builder(MODEL, Fixtures.LADDER)
          .policy(new FlatLevel(3))
          .killSwitch(killSwitch)
          .build();

  private Decision decide(String campaign) {
    return engine.decide(Fixtures.request(1).campaign(campaign).build());
  }

  private static List<String> codes(Decision decision) {
    return decision.reasons().stream().map(Decision.Reason::code).toList();
  }

  @Test
  void stoppedLevel_isClosedWithItsCode_andOpensAgain() {
    killSwitch.stopLevel(3);
    Decision decision = decide("");
    assertEquals(2, decision.levelIndex());
    assertEquals("stopped-level", decision.closedBy(3));
    assertEquals(List.of("flat", "stopped-level"), codes(decision));
    assertEquals(0b1000, killSwitch.stoppedLevels());
    killSwitch.resumeLevel(3);
    assertEquals(3, decide("").levelIndex());
  }

  @Test
  void stoppedModel_givesNoDiscount_anotherVersionDoes() {
    killSwitch.stopModel("m1");
    Decision decision = decide("spring");
    assertEquals(0, decision.levelIndex());
    assertEquals(1, decision.propensity());
    assertEquals(List.of("flat", "stopped-model"), codes(decision));
    engine.swap(MODEL.withVersion("m2"));
    assertEquals(3, decide("spring").levelIndex(), "the switch names versions");
    assertEquals(Set.of("m1"), killSwitch.stoppedModels());
    engine.swap(MODEL);
    assertEquals(0, decide("spring").levelIndex(), "a swap keeps the switch");
    killSwitch.resumeModel("m1");
    assertEquals(3, decide("spring").levelIndex());
  }

  @Test
  void stoppedCampaign_givesNoDiscount_othersDo() {
    killSwitch.stopCampaign("spring");
    assertEquals(List.of("flat", "stopped-campaign"), codes(decide("spring")));
    assertEquals("stopped-campaign", decide("spring").closedBy(1));
    assertEquals(3, decide("summer").levelIndex());
    assertEquals(3, decide("").levelIndex());
    assertEquals(Set.of("spring"), killSwitch.stoppedCampaigns());
    killSwitch.resumeCampaign("spring");
    assertEquals(3, decide("spring").levelIndex());
  }

  @Test
  void sessionInTheHostsHand_seesTheSwitchToo() {
    DecisionSession session = engine.newSession();
    session.offer(Fixtures.OFFER);
    assertEquals(3, session.decide(1));
    killSwitch.stopLevel(3);
    killSwitch.stopLevel(2);
    assertEquals(1, session.decide(1));
    assertTrue(session.isCurrent(), "nothing was swapped");
    session.campaign("spring");
    killSwitch.stopCampaign("spring");
    assertEquals(0, session.decide(1));
    assertEquals("stopped-campaign", session.closedBy(3));
    killSwitch.resumeAll();
    assertEquals(3, session.decide(1));
  }

  @Test
  void requestAndSwitch_theRequestIsNamedFirst_andLevelZeroStaysOpen() {
    killSwitch.stopModel("m1");
    Decision decision = engine.decide(Fixtures.request(1).allowedLevels(1).build());
    assertEquals("request", decision.closedBy(2));
    assertEquals("stopped-model", decision.closedBy(1));
    assertEquals(List.of("flat", "request", "stopped-model"), codes(decision));
    for (int level : new int[] {0, -1, 64}) {
      assertEquals(
          "level must be in [1, 64), got " + level,
          assertThrows(IllegalArgumentException.class, () -> killSwitch.stopLevel(level))
              .getMessage());
    }
  }
}
