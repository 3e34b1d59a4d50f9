using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace ModelTraining.Tests.Packages;

/// <summary>Holds what is in each package against what a user expects of one.</summary>
internal sealed class PackageContentTests
{
    /// <summary>Whoever adds a dependency adds it here, and has thought about everyone who installs the package.</summary>
    private static readonly Dictionary<string, string[]> Dependencies = new()
    {
        ["ModelTraining.Abstractions"] = [],
        ["ModelTraining.Onnx"] = ["Google.Protobuf", "ModelTraining.Abstractions"],
        ["ModelTraining.OnnxRuntime"] = ["Microsoft.ML.OnnxRuntime", "ModelTraining.Onnx", "System.Numerics.Tensors"],
        ["ModelTraining.Trees"] = ["ModelTraining.Onnx"],
        ["ModelTraining.Tuning"] = ["ModelTraining.Abstractions"],
        ["ModelTraining.Tuning.PostgreSql"] = ["ModelTraining.Tuning", "Npgsql"],
        ["ModelTraining"] = ["CsvHelper", "Microsoft.Extensions.Logging.Abstractions", "ModelTraining.OnnxRuntime", "ModelTraining.Trees", "ModelTraining.Tuning"],
        ["ModelTraining.Hosting"] = ["Microsoft.Extensions.Diagnostics.HealthChecks", "Microsoft.Extensions.Hosting.Abstractions", "Microsoft.Extensions.Options", "ModelTraining"],
        ["ModelTraining.MLNet"] = ["Microsoft.ML", "Microsoft.ML.FastTree", "Microsoft.ML.OnnxConverter", "ModelTraining.Onnx"],
        ["ModelTraining.MLNet.AutoML"] = ["Microsoft.ML.AutoML", "ModelTraining.MLNet"],
        ["ModelTraining.MLNet.LightGbm"] = ["Microsoft.ML.LightGbm", "ModelTraining.MLNet"],
        ["ModelTraining.MLNet.Mkl"] = ["Microsoft.ML.Mkl.Components", "ModelTraining.MLNet"],
        ["ModelTraining.MLNet.Recommender"] = ["Microsoft.ML.Recommender", "ModelTraining.MLNet"],
    };

    /// <summary>Left out of the build where no feed has what they need.</summary>
    private static readonly string[] Optional = ["ModelTraining.MLNet", "ModelTraining.MLNet.AutoML", "ModelTraining.MLNet.LightGbm", "ModelTraining.MLNet.Mkl", "ModelTraining.MLNet.Recommender"];

    private static IReadOnlyList<string> Names => PackedLibrary.Names;

    [Test]
    public void Pack_makesAPackageAndItsSymbolsOfEachProject()
    {
        var files = Directory.GetFiles(PackedLibrary.Folder).Select(file => Path.GetFileName(file));

        Assert.That(files, Is.EquivalentTo(Names.SelectMany(name => new[] { $"{name}.{PackedLibrary.Version}.nupkg", $"{name}.{PackedLibrary.Version}.snupkg" })));
        Assert.That(Names, Is.SupersetOf(Dependencies.Keys.Except(Optional)));
    }

    [TestCaseSource(nameof(Names))]
    public void Package_holdsLibraryDocumentationReadmeAndIcon_andNothingElse(string name)
    {
        using var package = ZipFile.OpenRead(PackedLibrary.Package(name));
        var own = package.Entries.Select(entry => entry.FullName).Where(path => !path.StartsWith("_rels/", StringComparison.Ordinal) && !path.StartsWith("package/", StringComparison.Ordinal) && path != "[Content_Types].xml");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(own, Is.EquivalentTo(new[] { $"{name}.nuspec", "README.md", "icon.png", $"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml" }));
            Assert.That(Text(package, "README.md"), Is.EqualTo(File.ReadAllText(Path.Combine(TestData.Root, "README.md"))));
            Assert.That(Bytes(package, "icon.png").AsSpan(0, 8).ToArray(), Is.EqualTo(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10 }));
            Assert.That(XDocument.Parse(Text(package, $"lib/net10.0/{name}.xml")).Descendants("member"), Is.Not.Empty);
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Package_saysWhatItIs_andWantsOnlyWhatIsMeant(string name)
    {
        using var package = ZipFile.OpenRead(PackedLibrary.Package(name));
        var nuspec = XDocument.Parse(Text(package, $"{name}.nuspec"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Value(nuspec, "license"), Is.EqualTo("MIT"));
            Assert.That(Value(nuspec, "readme"), Is.EqualTo("README.md"));
            Assert.That(Value(nuspec, "icon"), Is.EqualTo("icon.png"));
            Assert.That(Value(nuspec, "description"), Does.Contain("ModelTraining").Or.Contain("model"));
            Assert.That(Value(nuspec, "tags"), Is.Not.Empty);
            Assert.That(Value(nuspec, "copyright"), Is.Not.Empty);
            if (Dependencies.TryGetValue(name, out var meant))
            {
                Assert.That(Elements(nuspec, "dependency").Select(dependency => (string)dependency.Attribute("id")!), Is.EquivalentTo(meant));
            }
        }
    }

    [TestCaseSource(nameof(Names))]
    public void Library_isMarkedForTrimming_andItsSymbolsDoNotTellWhereItWasBuilt(string name)
    {
        using var package = ZipFile.OpenRead(PackedLibrary.Package(name));
        using var symbols = ZipFile.OpenRead(PackedLibrary.Package(name, "snupkg"));
        using var library = new PEReader(new MemoryStream(Bytes(package, $"lib/net10.0/{name}.dll")));
        using var pdb = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(symbols, $"lib/net10.0/{name}.pdb")));
        var reader = pdb.GetMetadataReader();
        var sources = reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name)).ToList();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Metadata(library.GetMetadataReader()), Has.Member(("IsTrimmable", "True")));
            Assert.That(sources, Is.Not.Empty);
            if (Directory.Exists(Path.Combine(TestData.Root, ".git")) || File.Exists(Path.Combine(TestData.Root, ".git")))
            {
                Assert.That(sources, Is.All.StartsWith("/_"));
            }
        }
    }

    private static IEnumerable<(string Key, string Value)> Metadata(MetadataReader reader)
    {
        foreach (var handle in reader.GetAssemblyDefinition().GetCustomAttributes())
        {
            var attribute = reader.GetCustomAttribute(handle);
            if (attribute.Constructor.Kind != HandleKind.MemberReference) continue;
            var type = reader.GetMemberReference((MemberReferenceHandle)attribute.Constructor).Parent;
            if (type.Kind != HandleKind.TypeReference || reader.GetString(reader.GetTypeReference((TypeReferenceHandle)type).Name) != "AssemblyMetadataAttribute") continue;
            var blob = reader.GetBlobReader(attribute.Value);
            blob.ReadUInt16(); // every attribute begins with a 1
            yield return (blob.ReadSerializedString()!, blob.ReadSerializedString()!);
        }
    }

    private static string Value(XDocument nuspec, string name) => Elements(nuspec, name).SingleOrDefault()?.Value ?? "";

    private static IEnumerable<XElement> Elements(XDocument nuspec, string name) => nuspec.Descendants().Where(element => element.Name.LocalName == name);

    private static string Text(ZipArchive package, string path)
    {
        using var reader = new StreamReader(package.GetEntry(path)!.Open());
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(ZipArchive package, string path)
    {
        using var content = package.GetEntry(path)!.Open();
        using var copy = new MemoryStream();
        content.CopyTo(copy);
        return copy.ToArray();
    }
}
