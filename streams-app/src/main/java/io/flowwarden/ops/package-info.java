/** What operators ask a running instance over HTTP. */
package io.flowwarden.ops;
