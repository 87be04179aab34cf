import java.io.File;
import java.net.URI;
import javax.xml.parsers.DocumentBuilderFactory;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.model.IRI;
import org.semanticweb.owlapi.model.OWLOntology;
import org.semanticweb.owlapi.model.OWLOntologyManager;
import org.semanticweb.owlapi.model.parameters.Imports;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWL2RLProfile;
import org.semanticweb.owlapi.profiles.OWLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileReport;
import org.semanticweb.owlapi.util.SimpleIRIMapper;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Opens each file with the catalogue beside it, as Protégé does, and says what came and how it fits OWL 2. */
public class Open {
    public static void main(String[] files) throws Exception {
        for (String name : files) {
            File file = new File(name).getAbsoluteFile();
            OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
            // Whatever the catalogue does not know is looked for on a closed port, and opening fails.
            readCatalogue(new File(file.getParentFile(), "catalog-v001.xml"), manager);
            OWLOntology opened = manager.loadOntologyFromOntologyDocument(file);
            OWLOntology merged = manager.createOntology(opened.axioms(Imports.INCLUDED), IRI.create("urn:merged"));
            System.out.print(file.getName() + "\t" + opened.importsClosure().count());
            for (OWLProfile profile : new OWLProfile[] {new OWL2DLProfile(), new OWL2RLProfile()}) {
                OWLProfileReport report = profile.checkOntology(merged);
                System.out.print("\t" + profile.getName() + " " + report.getViolations().size());
                report.getViolations().forEach(violation -> System.err.println(violation));
            }
            System.out.println();
        }
    }

    private static void readCatalogue(File catalogue, OWLOntologyManager manager) throws Exception {
        URI folder = catalogue.getParentFile().toURI();
        NodeList entries =
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(catalogue).getElementsByTagName("uri");
        for (int i = 0; i < entries.getLength(); i++) {
            Element entry = (Element) entries.item(i);
            IRI place = IRI.create(folder.resolve(entry.getAttribute("uri")));
            manager.getIRIMappers().add(new SimpleIRIMapper(IRI.create(entry.getAttribute("name")), place));
        }
    }
}
