/** Flow logs in a directory of the worker. */
package io.flowwarden.connect.objects.directory;
