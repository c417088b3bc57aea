/**
 * Programs that show how a host uses Millrace. Start at {@link dev.millrace.examples.LiveServer}.
 */
package dev.millrace.examples;
