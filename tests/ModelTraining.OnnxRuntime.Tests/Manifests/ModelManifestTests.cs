using ModelTraining.Onnx;
using ModelTraining.Tests.Predictions;

namespace ModelTraining.Tests.Manifests;

internal sealed class ModelManifestTests
{
    [Test]
    public void ReadFrom_gives_what_WriteTo_wrote()
    {
        var manifest = Shop.Manifest() with { Features = [new FeatureInfo("age"), new FeatureInfo("city", FeatureKind.Category, 3)], Objective = "Poisson" };
        var graph = Shop.Graph();
        manifest.WriteTo(graph);
        var again = ModelManifest.ReadFrom(OnnxFile.Load(OnnxFile.ToBytes(graph)));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(again.Inputs, Is.EqualTo(manifest.Inputs));
            Assert.That(again.Features, Is.EqualTo(manifest.Features));
            Assert.That(again.OtherColumns, Is.EqualTo(manifest.OtherColumns));
            Assert.That(again.Metrics, Is.EquivalentTo(manifest.Metrics));
            Assert.That(again.BaselineMetrics, Is.Empty);
            Assert.That(again.TrainedAt, Is.EqualTo(manifest.TrainedAt));
            Assert.That(again with { Inputs = [], Features = [], OtherColumns = [], Metrics = again.BaselineMetrics, Classes = [] }, Is.EqualTo(manifest with { Inputs = again.Inputs, OtherColumns = again.OtherColumns, Metrics = again.BaselineMetrics, BaselineMetrics = again.BaselineMetrics, Classes = again.Classes } with { Inputs = [], Features = [], OtherColumns = [], Classes = [] }));
        }
    }

    [Test]
    public void WriteTo_a_graph_that_does_otherwise_is_an_error()
    {
        var manifest = Shop.Manifest();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => (manifest with { Inputs = [.. manifest.Inputs.Reverse()] }).WriteTo(Shop.Graph()), Fails("the graph takes [age"));
            Assert.That(() => (manifest with { Inputs = [.. manifest.Inputs.Skip(1)] }).WriteTo(Shop.Graph()), Fails("the manifest names [visits"));
            Assert.That(() => (manifest with { Inputs = [manifest.Inputs[0] with { Type = ColumnType.Text }, .. manifest.Inputs.Skip(1)] }).WriteTo(Shop.Graph()), Fails("age: Float[batch, 1] should be String"));
            Assert.That(() => (manifest with { Task = LearningTask.BinaryClassification }).WriteTo(Shop.Graph()), Fails("does not have 0 classes"));
            Assert.That(() => (manifest with { Task = LearningTask.BinaryClassification, Classes = ["a", "b"] }).WriteTo(Shop.Graph()), Fails("no output 'label'"));
            Assert.That(() => (Shop.Manifest(LearningTask.MulticlassClassification) with { Classes = ["a", "b", "c"] }).WriteTo(Shop.Graph(LearningTask.BinaryClassification)), Fails("probabilities: Float[batch, 2] should be Float[batch, 3]"));
        }
    }

    [TestCase("[]", "does not have the shape []")]
    [TestCase("[0]", "does not have the shape [0]")]
    [TestCase("[-1,-1]", "does not have the shape [-1, -1]")]
    [TestCase("[2147483647,2147483647]", "does not have the shape")]
    [TestCase("[3,3]", "x: Float[batch, 2, 2] should be Float[batch, 3, 3]")]
    public void ReadFrom_a_shape_that_is_none_or_another_is_an_error(string shape, string says)
    {
        var graph = new Graph();
        graph.Output("prediction", graph.Input("x", ElementType.Float, Dimension.Batch, 2, 2).Reshape(-1, 4).ReduceSum([1]));
        graph.Metadata[ModelManifest.MetadataKey] = $$"""{"formatVersion":1,"task":"Regression","trainer":"x","inputs":[{"name":"x","type":"Tensor","shape":{{shape}}}]}""";
        Assert.That(() => ModelManifest.ReadFrom(graph), Fails(says));
    }

    [TestCase("""{"formatVersion":2,"anything":[]}""", "MT4211", "reads up to 1")]
    [TestCase("""{"formatVersion":0}""", "MT4210", "format version")]
    [TestCase("""{"formatVersion":1}""", "MT4210", "task")]
    [TestCase("""{"formatVersion":1,"task":"Regression","trainer":"x","inputs":null}""", "MT4210", "inputs")]
    [TestCase("""{"formatVersion":1,"task":"Clustering","trainer":"x","inputs":[]}""", "MT4210", "task")]
    [TestCase("""{"formatVersion":1,"task":"Regression","trainer":"x","inputs":[]}""", "MT4212", "the manifest names []")]
    [TestCase("""{"formatVersion":1,"task":"Regression","trainer":"x","inputs":[null]}""", "MT4210", "null")]
    [TestCase("""{"formatVersion":1,"task":"Regression","trainer":"x","inputs":[],"features":[null]}""", "MT4210", "null")]
    [TestCase("not json", "MT4210", "malformed")]
    [TestCase("null", "MT4210", "format version")]
    public void ReadFrom_a_wrong_manifest_says_what_is_wrong(string json, string id, string says)
    {
        var graph = Shop.Graph();
        graph.Metadata[ModelManifest.MetadataKey] = json;
        var problem = Assert.Throws<ModelTrainingException>(() => ModelManifest.ReadFrom(graph))!;
        Assert.That(problem.Id, Is.EqualTo(id));
        Assert.That(problem.Message, Does.Contain(says));
    }

    [Test]
    public void ReadFrom_passes_over_what_a_later_version_added()
    {
        var graph = Shop.Graph();
        graph.Metadata[ModelManifest.MetadataKey] = graph.Metadata[ModelManifest.MetadataKey].Replace("\"task\"", "\"later\":{\"a\":[1]},\"task\"", StringComparison.Ordinal);
        Assert.That(ModelManifest.ReadFrom(graph).Task, Is.EqualTo(LearningTask.Regression));
    }

    [Test]
    public void ReadFrom_a_manifest_without_what_may_be_left_out_has_the_defaults()
    {
        var graph = Shop.Graph();
        graph.Metadata[ModelManifest.MetadataKey] = """
            {"formatVersion":1,"task":"Regression","trainer":"x","inputs":[{"name":"age","type":"Number"},{"name":"visits","type":"Integer"},{"name":"is-member","type":"Boolean"},{"name":"city","type":"Text"},{"name":"since","type":"DateTime"}]}
            """;
        var manifest = ModelManifest.ReadFrom(graph);
        Assert.That(manifest.Inputs.Select(input => input.Format), Has.All.EqualTo(TextFormat.Invariant));
        Assert.That(manifest.Classes, Is.Empty);
        Assert.That(manifest.OtherColumns, Is.Empty);
        Assert.That(manifest.Metrics, Is.Empty);
        Assert.That(manifest.TrainedAt, Is.Null);
    }

    private static NUnit.Framework.Constraints.ContainsConstraint Fails(string says) => Throws.TypeOf<ModelTrainingException>().With.Property("Id").EqualTo("MT4212").And.Message.Contains(says);
}
