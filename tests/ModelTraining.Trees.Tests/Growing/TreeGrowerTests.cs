namespace ModelTraining.Tests.Growing;

/// <summary>Trees against what can be computed by trying everything.</summary>
public class TreeGrowerTests
{
    [Test]
    public void Root_split_is_the_best_of_all([Range(1, 8)] int seed, [Values(0.0, 5)] double l1, [Values(0.0, 10)] double l2)
    {
        var random = new SeededRandom((ulong)seed);
        var columns = Enumerable.Range(0, 4).Select(_ => Enumerable.Range(0, 200).Select(_ => random.Next(6) == 0 ? float.NaN : random.Next(20)).ToArray()).ToArray();
        var target = Enumerable.Range(0, 200).Select(row => (float)((columns[seed % 4][row] > 9 ? 2 : 0) + random.NextNormal())).ToArray();
        var sample = Sample.Regression(columns, target);
        var tree = sample.Train(o => o with { Trees = 1, Leaves = 2, MinRowsPerLeaf = 15, L1 = l1, L2 = l2, LearningRate = 1 }).Trees.Single();
        var mean = (float)target.Average(value => (double)value);
        double ScoreOf(int[] rows)
        {
            var drawn = Math.Max(Math.Abs(rows.Sum(row => mean - target[row])) - l1, 0);
            return drawn * drawn / (rows.Length + l2);
        }

        var best = double.NegativeInfinity;
        foreach (var column in columns)
        {
            foreach (var missingLeft in new[] { false, true })
            {
                for (var bound = 0; bound < 20; bound++)
                {
                    var sides = sample.AllRows.ToLookup(row => float.IsNaN(column[row]) ? missingLeft : column[row] <= bound);
                    if (sides[true].Count() < 15 || sides[false].Count() < 15) continue;
                    best = Math.Max(best, ScoreOf([.. sides[true]]) + ScoreOf([.. sides[false]]) - ScoreOf(sample.AllRows));
                }
            }
        }

        if (best < 0.01)
        {
            Assert.That(tree.Features, Is.Empty);
            return;
        }

        var bins = columns[tree.Features[0]];
        var found = sample.AllRows.ToLookup(row => float.IsNaN(bins[row]) ? tree.MissingLeft[0] : bins[row] <= tree.Thresholds[0]);
        var gain = ScoreOf([.. found[true]]) + ScoreOf([.. found[false]]) - ScoreOf(sample.AllRows);
        Assert.That(gain, Is.EqualTo(best).Within(0.1).Percent);
        Assert.That(tree.Gains[0], Is.EqualTo(best).Within(0.1).Percent);
        foreach (var side in found)
        {
            var sum = side.Sum(row => (double)mean - target[row]);
            Assert.That(tree.Leaves[side.Key ? 0 : 1], Is.EqualTo(-Math.CopySign(Math.Max(Math.Abs(sum) - l1, 0), sum) / (side.Count() + l2)).Within(1e-5));
        }
    }

    [Test]
    public void Category_split_is_the_best_of_all_groupings([Range(1, 6)] int seed)
    {
        var random = new SeededRandom((ulong)seed);
        var column = Enumerable.Range(0, 120).Select(_ => (float)random.Next(4)).ToArray();
        var effect = Enumerable.Range(0, 4).Select(_ => random.NextNormal()).ToArray();
        var target = column.Select(category => (float)(effect[(int)category] + (0.5 * random.NextNormal()))).ToArray();
        var sample = Sample.Of([new FeatureInfo("c", FeatureKind.Category, 4)], [column], LearningTask.Regression, target);
        var tree = sample.Train(o => o with { Trees = 1, Leaves = 2, MinRowsPerLeaf = 5, L2 = 0 }).Trees.Single();
        var mean = target.Average();
        var best = Enumerable.Range(1, 14).Max(set => sample.AllRows.GroupBy(row => (set >> (int)column[row]) & 1).Sum(side => Math.Pow(side.Sum(row => mean - target[row]), 2) / side.Count()));
        Assert.That(tree.Gains[0], Is.EqualTo(best).Within(0.1).Percent);
    }

    [Test]
    public void Leaves_are_split_in_the_order_of_their_gain()
    {
        var sample = Sample.Mixed(3000, LearningTask.Regression);
        var full = sample.Train(o => o with { Trees = 1, Leaves = 31 }).Trees.Single();
        for (var leaves = 2; leaves <= 31; leaves++)
        {
            var tree = sample.Train(o => o with { Trees = 1, Leaves = leaves }).Trees.Single();
            Assert.That(tree.Leaves, Has.Length.EqualTo(leaves));
            Assert.That(tree.Features, Is.EqualTo(full.Features.Take(leaves - 1)), "a smaller tree is the beginning of a larger one");
        }
    }

    [TestCase(1)]
    [TestCase(3)]
    public void MaxDepth_bounds_the_splits_on_any_path(int depth)
    {
        var tree = Sample.Mixed(3000, LearningTask.Regression).Train(o => o with { Trees = 1, MaxDepth = depth }).Trees.Single();
        int DepthOf(int child) => child < 0 ? 0 : 1 + Math.Max(DepthOf(tree.Left[child]), DepthOf(tree.Right[child]));
        Assert.That(DepthOf(0), Is.EqualTo(depth));
        Assert.That(tree.Leaves, Has.Length.EqualTo(1 << depth));
    }

    [TestCase(LearningTask.Regression, false)]
    [TestCase(LearningTask.BinaryClassification, false)]
    [TestCase(LearningTask.BinaryClassification, true)]
    [TestCase(LearningTask.MulticlassClassification, true)]
    public void MinRowsPerLeaf_holds_whatever_the_hessians_say(LearningTask task, bool weighted)
    {
        // Late rounds have hessians near zero in most rows, and weights of three orders make them say nothing about numbers of rows.
        var sample = Sample.Mixed(4000, task);
        var random = new SeededRandom(3);
        var weights = weighted ? Enumerable.Range(0, sample.Rows).Select(_ => (float)Math.Pow(10, 3 * random.NextDouble())).ToArray() : null;
        var model = sample.Train(o => o with { Trees = 60, LearningRate = 0.5, MinRowsPerLeaf = 37 }, weights: weights);
        foreach (var tree in model.Trees)
        {
            var counts = new int[tree.Leaves.Length];
            foreach (var row in sample.AllRows) counts[NaiveTrees.LeafOf(tree, sample.Features, row)]++;
            Assert.That(counts.Length == 1 || counts.Min() >= 37, $"smallest leaf {counts.Min()}");
        }

        Assert.That(model.Trees.Average(tree => tree.Leaves.Length), Is.GreaterThan(15), "the bound does not keep trees from growing");
    }

    [Test]
    public void MinGain_and_MinHessianPerLeaf_keep_trees_small()
    {
        var sample = Sample.Mixed(3000, LearningTask.BinaryClassification);
        var all = sample.Train(o => o with { Trees = 1 }).Trees.Single();
        var bound = all.Gains.Order().Skip(10).First();
        Assert.That(sample.Train(o => o with { Trees = 1, MinGain = bound }).Trees.Single().Gains, Is.All.GreaterThanOrEqualTo(bound));
        var tree = sample.Train(o => o with { Trees = 1, MinHessianPerLeaf = 100 }).Trees.Single();
        var share = sample.Target.Values.ToArray().Average();
        var rows = new int[tree.Leaves.Length];
        foreach (var row in sample.AllRows) rows[NaiveTrees.LeafOf(tree, sample.Features, row)]++;
        Assert.That(rows.Min() * share * (1 - share), Is.GreaterThan(99));
        Assert.That(tree.Leaves.Length, Is.InRange(2, 7));
    }
}
