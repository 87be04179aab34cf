import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.eclipse.rdf4j.rio.RDFFormat;
import org.eclipse.rdf4j.rio.RDFParser;
import org.eclipse.rdf4j.rio.RDFWriter;
import org.eclipse.rdf4j.rio.Rio;
import org.eclipse.rdf4j.rio.helpers.BasicParserSettings;

/** Reads files by RDF4J's Rio, by their endings, and writes beside each, as NAME.read.nq, the quads that it found. */
public class Read {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            RDFFormat format = Rio.getParserFormatForFileName(file).orElseThrow();
            RDFParser parser = Rio.createParser(format);
            parser.getParserConfig().set(BasicParserSettings.PRESERVE_BNODE_IDS, true);
            try (InputStream in = Files.newInputStream(Path.of(file));
                    OutputStream out = Files.newOutputStream(Path.of(file + ".read.nq"))) {
                RDFWriter writer = Rio.createWriter(RDFFormat.NQUADS, out);
                parser.setRDFHandler(writer);
                parser.parse(in, "");
            }
        }
    }
}
