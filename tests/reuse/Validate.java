import java.util.Arrays;
import org.apache.jena.graph.Graph;
import org.apache.jena.riot.RDFDataMgr;
import org.apache.jena.shacl.ShaclValidator;
import org.apache.jena.shacl.Shapes;
import org.apache.jena.shacl.ValidationReport;
import org.apache.jena.sparql.graph.GraphFactory;

/** Validates against the shapes in the files before the first `--` the data in those behind each: a line per result. */
public class Validate {
    public static void main(String[] arguments) {
        String[] groups = String.join("\n", arguments).split("\n--\n");
        Shapes shapes = Shapes.parse(read(groups[0]));
        for (String group : Arrays.copyOfRange(groups, 1, groups.length)) {
            ValidationReport report = ShaclValidator.get().validate(shapes, read(group));
            System.out.println("conforms\t" + report.conforms());
            report.getEntries().forEach(entry -> System.out.println(entry.focusNode() + "\t" + entry.source()));
        }
    }

    private static Graph read(String files) {
        Graph graph = GraphFactory.createDefaultGraph();
        files.lines().forEach(file -> RDFDataMgr.read(graph, file));
        return graph;
    }
}
