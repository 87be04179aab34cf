import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.jena.riot.Lang;
import org.apache.jena.riot.RDFParser;
import org.apache.jena.riot.system.StreamRDF;
import org.apache.jena.riot.system.StreamRDFWriter;

/** Reads files by Jena's RIOT, by their endings, and writes beside each, as NAME.read.nq, the quads that it found. */
public class Read {
    public static void main(String[] files) throws Exception {
        for (String file : files) {
            try (OutputStream out = Files.newOutputStream(Path.of(file + ".read.nq"))) {
                StreamRDF found = StreamRDFWriter.getWriterStream(out, Lang.NQUADS);
                RDFParser.source(Path.of(file)).parse(found);
                found.finish();
            }
        }
    }
}
