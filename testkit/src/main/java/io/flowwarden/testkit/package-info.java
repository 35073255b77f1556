/** What the tests of several modules share. */
package io.flowwarden.testkit;
