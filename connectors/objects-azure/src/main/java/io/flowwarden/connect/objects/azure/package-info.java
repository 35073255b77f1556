/** Flow logs in Azure Blob Storage. */
package io.flowwarden.connect.objects.azure;
