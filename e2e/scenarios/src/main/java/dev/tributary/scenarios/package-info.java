/** What scenarios and benchmarks share: a box, clients with databases of their own, and the comparison of both ends. */
package dev.tributary.scenarios;
