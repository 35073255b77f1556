package io.flowwarden.parquet;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * Refuses a dictionary that claims more entries than it has bytes, before room is made for them.
 */
record SoundPages(PageReadStore pages) implements PageReadStore {
    @Override
    public PageReader getPageReader(ColumnDescriptor column) {
        return new Pages(pages.getPageReader(column));
    }

    @Override
    public long getRowCount() {
        return pages.getRowCount();
    }

    private record Pages(PageReader reader) implements PageReader {
        @Override
        public DictionaryPage readDictionaryPage() {
            DictionaryPage page = reader.readDictionaryPage();
            if (page != null
                    && (page.getDictionarySize() < 0
                            || page.getDictionarySize() > page.getUncompressedSize())) {
                throw new ParquetDecodingException(
                        page.getDictionarySize()
                                + " dictionary entries in "
                                + page.getUncompressedSize()
                                + " bytes");
            }
            return page;
        }

        @Override
        public long getTotalValueCount() {
            return reader.getTotalValueCount();
        }

        @Override
        public DataPage readPage() {
            return reader.readPage();
        }
    }
}
