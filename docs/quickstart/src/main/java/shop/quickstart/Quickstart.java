package shop.quickstart;

public final class Quickstart {
  public static void main(String[] a) {}
}
