namespace ModelTraining.Tests;

public class SplitterTests
{
    private static IEnumerable<ulong> Seeds => Enumerable.Range(1, 40).Select(seed => (ulong)seed);

    [TestCaseSource(nameof(Seeds))]
    public void Split_any_draw_has_every_row_once_in_ascending_order(ulong seed)
    {
        var (options, target, rows) = Draw(seed);
        var split = Split(options, target, rows, seed);
        Assert.That(split.TrainingRows.ToArray().Concat(split.ValidationRows.ToArray()).Concat(split.TestRows.ToArray()), Is.EquivalentTo(Enumerable.Range(0, rows)));
        foreach (var part in new[] { split.TrainingRows, split.ValidationRows, split.TestRows }) Assert.That(part.ToArray(), Is.Ordered);
        Assert.That(split.TrainingRows.Length, Is.Positive);
        Assert.That(split.TestRows.Length, Is.Positive);
        Assert.That(split.ValidationRows.Length, options.Validation > 0 ? Is.Positive : Is.Zero);
    }

    [TestCaseSource(nameof(Seeds))]
    public void Split_same_seed_is_the_same_and_another_is_not(ulong seed)
    {
        var (options, target, rows) = Draw(seed);
        var split = Split(options, target, rows, seed);
        var again = Split(options, target, rows, seed);
        Assert.That(again.TrainingRows.ToArray(), Is.EqualTo(split.TrainingRows.ToArray()));
        Assert.That(again.TestRows.ToArray(), Is.EqualTo(split.TestRows.ToArray()));
        Assert.That(Split(options, target, rows, seed + 1000).TestRows.ToArray(), Is.Not.EqualTo(split.TestRows.ToArray()));
    }

    [TestCaseSource(nameof(Seeds))]
    public void Split_stratified_is_within_one_row_of_proportional_for_each_class(ulong seed)
    {
        var (options, target, rows) = Draw(seed);
        var split = Split(options, target, rows, seed);
        Assert.That(split.Stratified, Is.True);
        foreach (var (part, share) in new[] { (split.TestRows, options.Test), (split.ValidationRows, options.Validation), (split.TrainingRows, 1 - options.Test - options.Validation) })
        {
            for (var i = 0; i < target.Classes.Count; i++)
            {
                var all = Count(target, Enumerable.Range(0, rows), i);
                Assert.That(Count(target, part.ToArray(), i), Is.EqualTo(share * all).Within(1 + 1e-9), $"class {i} of {all} rows, share {share}");
            }

            Assert.That(part.Length, Is.EqualTo(share * rows).Within(2), "the parts' totals stay close as well");
        }
    }

    [Test]
    public void Split_many_small_classes_still_fills_every_part_by_its_share()
    {
        var target = Classes([.. Enumerable.Range(0, 300).Select(row => row / 3)]);
        var split = Split(new SplitOptions(), target, 300, seed: 1);
        Assert.That((split.TrainingRows.Length, split.ValidationRows.Length, split.TestRows.Length), Is.EqualTo((210, 30, 60)));
        for (var i = 0; i < 100; i++) Assert.That(Count(target, split.TrainingRows.ToArray(), i), Is.GreaterThanOrEqualTo(2));
    }

    [Test]
    public void Split_class_with_one_row_goes_to_training_and_says_so()
    {
        var target = Classes([.. Enumerable.Repeat(0, 20), 1, .. Enumerable.Repeat(2, 20)]);
        for (ulong seed = 0; seed < 20; seed++)
        {
            var warnings = new List<string>();
            var split = new Splitter(new SplitOptions { Test = 0.6 }).Split(target, 41, new SeededRandom(seed), warnings.Add);
            Assert.That(split.TrainingRows.ToArray(), Does.Contain(20), $"seed {seed}");
            Assert.That(warnings.Single(), Does.Contain("Of label 'y', class 'c1' has one row."));
        }
    }

    [Test]
    public void Split_every_class_is_learned_from_even_where_training_is_the_small_part()
    {
        var target = Classes([.. Enumerable.Range(0, 20).Select(row => row / 2)]);
        var split = Split(new SplitOptions { Test = 0.6, Validation = 0.2 }, target, 20, seed: 3);
        for (var i = 0; i < 10; i++) Assert.That(Count(target, split.TrainingRows.ToArray(), i), Is.Positive);
        Assert.That(split.ValidationRows.Length, Is.Positive, "a part that was asked for is not left empty");
    }

    [TestCase(4, 0.1)]
    [TestCase(3, 0)]
    public void Split_fewest_rows_fill_every_part(int rows, double validation)
    {
        var target = Classes([.. Enumerable.Range(0, rows).Select(row => row % 2)]);
        foreach (var options in new[] { new SplitOptions { Validation = validation }, new SplitOptions { Validation = validation, Shuffle = false } })
        {
            var split = Split(options, target, rows, seed: 1);
            Assert.That((split.TrainingRows.Length, split.ValidationRows.Length, split.TestRows.Length), Is.EqualTo((2, validation > 0 ? 1 : 0, 1)));
        }
    }

    [TestCase(3, 0.1, "3 rows cannot be split into a training, a validation and a test part: at least 4 are needed. Add rows, or set 'Validation' to 0.")]
    [TestCase(1, 0, "1 row cannot be split into a training and a test part: at least 3 are needed. Add rows.")]
    [TestCase(0, 0, "0 rows cannot be split into a training and a test part: at least 3 are needed. Add rows.")]
    public void Split_too_few_rows_says_how_many_are_needed(int rows, double validation, string message)
    {
        var error = Assert.Throws<ModelTrainingException>(() => Split(new SplitOptions { Validation = validation }, null, rows, seed: 1))!;
        Assert.That(error.Problems, Is.EqualTo(new[] { new Problem("MT2310", message) }));
    }

    [Test]
    public void Split_one_row_for_each_class_is_an_error()
    {
        var error = Assert.Throws<ModelTrainingException>(() => Split(new SplitOptions(), Classes([0, 1, 2, 3, 4, 5]), 6, seed: 1))!;
        Assert.That(error.Id, Is.EqualTo("MT2311"));
        Assert.That(error.Message, Does.Contain("'y'"));
    }

    [Test]
    public void Split_without_shuffle_keeps_the_order_and_tests_on_the_last_rows()
    {
        var split = Split(new SplitOptions { Shuffle = false }, Classes([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]), 10, seed: 1);
        Assert.That(split.Stratified, Is.False);
        Assert.That(split.TrainingRows.ToArray(), Is.EqualTo(new[] { 0, 1, 2, 3, 4, 5, 6 }));
        Assert.That(split.ValidationRows.ToArray(), Is.EqualTo(new[] { 7 }));
        Assert.That(split.TestRows.ToArray(), Is.EqualTo(new[] { 8, 9 }));
    }

    [Test]
    public void Split_numbers_are_stratified_only_when_asked()
    {
        var random = new SeededRandom(4);
        var values = Enumerable.Range(0, 1000).Select(_ => (float)random.NextNormal()).ToArray();
        var target = new Target("y", LearningTask.Regression, values, []);
        Assert.That(Split(new SplitOptions(), target, 1000, seed: 2).Stratified, Is.False);

        var split = Split(new SplitOptions { Stratify = true }, target, 1000, seed: 2);
        Assert.That(split.Stratified, Is.True);
        var sorted = values.Order().ToArray();
        for (var tenth = 0; tenth < 10; tenth++)
        {
            var (from, to) = (sorted[tenth * 100], sorted[tenth * 100 + 99]);
            Assert.That(split.TestRows.ToArray().Count(row => values[row] >= from && values[row] <= to), Is.EqualTo(20));
        }
    }

    [Test]
    public void Split_without_stratify_draws_from_all_rows()
    {
        var target = Classes([.. Enumerable.Range(0, 100).Select(row => row % 2)]);
        var counts = Seeds.Select(seed => Count(target, Split(new SplitOptions { Stratify = false }, target, 100, seed).TestRows.ToArray(), 0)).ToList();
        Assert.That(counts, Has.Some.Not.EqualTo(10));
        Assert.That(counts.Average(), Is.EqualTo(10).Within(1.5));
    }

    [Test]
    public void Split_every_row_has_the_same_chance()
    {
        var tested = new int[50];
        for (ulong seed = 0; seed < 1000; seed++)
        {
            foreach (var row in Split(new SplitOptions(), Classes([.. Enumerable.Range(0, 50).Select(row => row % 5 == 0 ? 1 : 0)]), 50, seed).TestRows.Span) tested[row]++;
        }

        // 200 expected with a deviation of 12.6: five of them.
        Assert.That(tested, Is.All.InRange(137, 263));
    }

    [Test]
    public void ToString_has_the_counts() =>
        Assert.That(Split(new SplitOptions(), Classes([.. Enumerable.Range(0, 100).Select(row => row % 2)]), 100, seed: 1).ToString(), Is.EqualTo("70 training, 10 validation and 20 test rows, stratified"));

    private static DataSplit Split(SplitOptions options, Target? target, int rows, ulong seed)
    {
        Assert.That(options.Validate(), Is.Empty);
        return new Splitter(options).Split(target, rows, new SeededRandom(seed), _ => { });
    }

    /// <summary>Shares, a number of classes and rows of very different sizes, by a seed.</summary>
    private static (SplitOptions Options, Target Target, int Rows) Draw(ulong seed)
    {
        var random = new SeededRandom(seed);
        var options = new SplitOptions { Test = 0.05 + 0.4 * random.NextDouble(), Validation = random.Next(3) == 0 ? 0 : 0.05 + 0.3 * random.NextDouble() };
        var classes = new List<int>();
        var count = 2 + random.Next(12);
        for (var i = 0; i < count; i++)
        {
            var rows = random.Next(4) == 0 ? 2 + random.Next(8) : 20 + random.Next(200);
            for (var row = 0; row < rows; row++) classes.Add(i);
        }

        random.Shuffle<int>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(classes));
        return (options, Classes([.. classes]), classes.Count);
    }

    private static Target Classes(int[] classes)
    {
        string[] names = [.. Enumerable.Range(0, classes.Max() + 1).Select(i => $"c{i}")];
        return new Target("y", names.Length == 2 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification, classes.Select(value => (float)value).ToArray(), names);
    }

    private static int Count(Target target, IEnumerable<int> rows, int @class) => rows.Count(row => target.Values[row] == @class);
}
