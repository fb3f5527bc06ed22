package dev.tributary.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has somebody do things at a steady rate; who was late catches up. */
final class Pacer {

    /** Of which each may write as many rows as the load wants. */
    static final int TRANSACTIONS_A_SECOND = 100;

    private final CountDownLatch never = new CountDownLatch(1);
    private final long begin = System.nanoTime();

    /** Returns when so many transactions should have been made since this began. */
    void await(int transactions) throws InterruptedException {
        long due = begin + TimeUnit.SECONDS.toNanos(1) / TRANSACTIONS_A_SECOND * transactions;
        never.await(due - System.nanoTime(), TimeUnit.NANOSECONDS);
    }
}
