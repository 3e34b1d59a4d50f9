using ModelTraining.Onnx;

namespace ModelTraining.Tests.Ensembles;

public class TreeEnsembleReaderTests
{
    [TestCase(LearningTask.Regression)]
    [TestCase(LearningTask.BinaryClassification)]
    [TestCase(LearningTask.MulticlassClassification)]
    public void Read_gives_the_trees_that_Emit_wrote(LearningTask task)
    {
        var sample = Sample.Mixed(3000, task);
        var model = sample.Train(o => o with { Trees = 20, Leaves = 60 });
        Assert.That(model.Trees.Any(tree => tree.Categories.Any(set => set?.Count() > 3)), "there are chains of categories");
        Assert.That(model.Trees.Any(tree => tree.MissingLeft.Contains(true)), "there are missing values that go left");

        var graph = new Graph();
        graph.Output("y", model.Emit(graph.Input("x", ElementType.Float, Dimension.Batch, sample.Features.Count)));
        var (trees, baseScores) = TreeEnsembleReader.Read(OnnxFile.Load(OnnxFile.ToBytes(graph)).Nodes.Single(node => node.OpType == "TreeEnsembleRegressor"));

        Assert.That(baseScores, Is.EqualTo(model.BaseScores));
        Assert.That(trees.Select(tree => tree.Output), Is.EqualTo(model.Trees.Select(tree => tree.Output)));
        for (var i = 0; i < trees.Length; i++)
        {
            Assert.That(trees[i].Features, Has.Length.EqualTo(model.Trees[i].Features.Length));
            for (var row = 0; row < sample.Rows; row++)
            {
                Assert.That(trees[i].Leaves[NaiveTrees.LeafOf(trees[i], sample.Features, row)], Is.EqualTo(model.Trees[i].Leaves[NaiveTrees.LeafOf(model.Trees[i], sample.Features, row)]));
            }
        }
    }

    [Test]
    public void Read_takes_trees_without_splits()
    {
        var sample = Sample.Mixed(30, LearningTask.MulticlassClassification);
        var model = sample.Train(o => o with { Trees = 2 });
        var graph = new Graph();
        graph.Output("y", model.Emit(graph.Input("x", ElementType.Float, Dimension.Batch, sample.Features.Count)));
        var (trees, _) = TreeEnsembleReader.Read(graph.Nodes.Single(node => node.OpType == "TreeEnsembleRegressor"));
        Assert.That(trees.Select(tree => (tree.Output, tree.Leaves.Single())), Is.EqualTo(model.Trees.Select(tree => (tree.Output, tree.Leaves.Single()))));
    }
}
