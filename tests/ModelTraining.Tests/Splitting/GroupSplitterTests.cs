namespace ModelTraining.Tests;

public class GroupSplitterTests
{
    private static IEnumerable<ulong> Seeds => Enumerable.Range(1, 40).Select(seed => (ulong)seed);

    [TestCaseSource(nameof(Seeds))]
    public void Split_any_draw_keeps_groups_together_and_uses_every_row_once(ulong seed)
    {
        var (options, groups, target) = Draw(seed);
        var split = Split(options, groups, target, seed);
        Assert.That(split.TrainingRows.ToArray().Concat(split.ValidationRows.ToArray()).Concat(split.TestRows.ToArray()), Is.EquivalentTo(Enumerable.Range(0, groups.Count)));
        var parts = new[] { split.TrainingRows, split.ValidationRows, split.TestRows }.Select(rows => rows.ToArray().Select(row => groups[row]).ToHashSet()).ToArray();
        Assert.That(parts[0].Count + parts[1].Count + parts[2].Count, Is.EqualTo(Enumerable.Range(0, groups.Count).Select(row => groups[row]).Distinct().Count()), $"seed {seed}: a group is in two parts");
        Assert.That(parts[0], Is.Not.Empty);
        Assert.That(parts[1], options.Validation > 0 ? Is.Not.Empty : Is.Empty);
        Assert.That(parts[2], Is.Not.Empty);
        foreach (var part in new[] { split.TrainingRows, split.ValidationRows, split.TestRows }) Assert.That(part.ToArray(), Is.Ordered);
    }

    [TestCaseSource(nameof(Seeds))]
    public void Split_not_stratified_meets_the_shares_to_within_the_largest_group(ulong seed)
    {
        var (options, groups, target) = Draw(seed);
        var split = Split(options with { Stratify = false }, groups, target, seed);
        var largest = Enumerable.Range(0, groups.Count).GroupBy(row => groups[row]).Max(group => group.Count());
        foreach (var (part, share) in Shares(options, split))
        {
            Assert.That(part.Length, Is.EqualTo(share * groups.Count).Within(largest), $"seed {seed}, share {share}");
        }
    }

    [TestCaseSource(nameof(Seeds))]
    public void Split_many_small_groups_meet_the_shares_of_rows_and_classes(ulong seed)
    {
        var random = new SeededRandom(seed);
        var rare = Enumerable.Range(0, 500).Select(_ => random.Next(5) == 0).ToArray();
        var groups = Enumerable.Range(0, 2000).Select(_ => random.Next(500)).ToArray();
        var target = Classes(groups.Select(group => rare[group] ? 1f : 0f));
        var options = new SplitOptions();
        var split = Split(options, Integers(groups), target, seed);
        Assert.That(split.Stratified, Is.True);
        foreach (var (part, share) in Shares(options, split))
        {
            Assert.That(part.Length / 2000.0, Is.EqualTo(share).Within(0.01), $"seed {seed}");
            Assert.That(Rare(target, part) / (double)Rare(target, Enumerable.Range(0, 2000).ToArray()), Is.EqualTo(share).Within(0.02), $"seed {seed}, the rare class");
        }
    }

    [TestCaseSource(nameof(Seeds))]
    public void Split_same_seed_is_the_same_and_another_is_not(ulong seed)
    {
        var (options, groups, target) = Draw(seed);
        var split = Split(options, groups, target, seed);
        Assert.That(Split(options, groups, target, seed).TestRows.ToArray(), Is.EqualTo(split.TestRows.ToArray()));
        Assert.That(Enumerable.Range(1, 5).Select(i => Split(options, groups, target, seed + (ulong)(1000 * i)).TestRows.ToArray()), Has.Some.Not.EqualTo(split.TestRows.ToArray()));
    }

    [Test]
    public void Split_large_groups_are_not_all_for_training()
    {
        // Sizes 8 to 15 and 1 to 3: a test part of small groups alone would not be like the data.
        var groups = Enumerable.Range(0, 60).SelectMany(group => Enumerable.Repeat(group, group < 30 ? 8 + group % 8 : 1 + group % 3)).ToArray();
        var tested = new int[30];
        for (ulong seed = 0; seed < 200; seed++)
        {
            var split = Split(new SplitOptions { Stratify = false }, Integers(groups), Classes(groups.Select(group => group % 2f)), seed);
            foreach (var group in split.TestRows.ToArray().Select(row => groups[row]).Where(group => group < 30).Distinct()) tested[group]++;
        }

        // 40 of 200 expected, with a deviation of 5.7.
        Assert.That(tested, Is.All.InRange(12, 72));
    }

    [Test]
    public void Split_three_groups_of_like_size_fill_three_parts()
    {
        var split = Split(new SplitOptions(), Integers([.. Enumerable.Range(0, 30).Select(row => row / 10)]), Classes(Enumerable.Range(0, 30).Select(row => row % 2f)), seed: 1);
        Assert.That((split.TrainingRows.Length, split.ValidationRows.Length, split.TestRows.Length), Is.EqualTo((10, 10, 10)));
    }

    [Test]
    public void Split_rows_without_a_group_are_drawn_for_themselves()
    {
        var groups = TextColumn.From("g", [.. Enumerable.Range(0, 100).Select(row => row < 50 ? null : $"g{row / 5}")]);
        var split = Split(new SplitOptions { Stratify = false }, groups, Classes(Enumerable.Range(0, 100).Select(row => row % 2f)), seed: 1);
        Assert.That(split.TestRows.Length, Is.EqualTo(20).Within(1));
        Assert.That(split.TestRows.ToArray(), Has.Some.LessThan(50));
        Assert.That(split.TrainingRows.ToArray(), Has.Some.LessThan(50));
    }

    [TestCase(0.1, "Column 'g', which the 'GroupBy' option of Split names, has 2 groups for 3 parts. Choose a column of more values, or set 'Validation' to 0.")]
    [TestCase(0, "Column 'g', which the 'GroupBy' option of Split names, has 1 groups for 2 parts. Choose a column of more values.")]
    public void Split_fewer_groups_than_parts_is_an_error(double validation, string message)
    {
        var groups = Integers([.. Enumerable.Range(0, 10).Select(row => validation > 0 ? row % 2 : 0)]);
        var error = Assert.Throws<ModelTrainingException>(() => Split(new SplitOptions { Validation = validation }, groups, Classes(Enumerable.Range(0, 10).Select(row => row % 2f)), seed: 1))!;
        Assert.That(error.Problems, Is.EqualTo(new[] { new Problem("MT2313", message) }));
    }

    [Test]
    public async Task RunAsync_by_group_keeps_a_customer_in_one_part()
    {
        // Every customer buys three times.
        var lines = Pipelines.Given.ShopCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var csv = string.Join('\n', lines.Select((line, i) => i == 0 ? line : $"c{(i - 1) / 3}{line[line.IndexOf(',', StringComparison.Ordinal)..]}"));
        var run = await Pipeline.From(Csv.Text(csv, label: "returns", o => o with { Ids = ["customer"] })).Clean()
            .Split(o => o with { GroupBy = "customer" }).Train(Pipelines.Given.SmallTrees).Evaluate().RunAsync();

        var customers = run.Table["customer"];
        var tested = run.Split.TestRows.ToArray().Select(row => customers[row]).ToHashSet();
        Assert.That(run.Split.TestRows.Length, Is.EqualTo(120).Within(3));
        Assert.That(tested, Has.Count.LessThan(50));
        Assert.That(run.Split.TrainingRows.ToArray().Concat(run.Split.ValidationRows.ToArray()).Select(row => customers[row]), Has.None.Matches<object?>(tested.Contains));
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.85));
    }

    [Test]
    public void RunAsync_unknown_column_has_the_nearest_names()
    {
        var error = Assert.ThrowsAsync<ModelTrainingException>(() => Pipeline.From(Pipelines.Given.Shop(20)).Split(o => o with { GroupBy = "custmer" }).Train(Pipelines.Given.SmallTrees).RunAsync())!;
        Assert.That(error.Id, Is.EqualTo("MT2001"));
        Assert.That(error.Message, Does.Contain("The option 'GroupBy' of Split names a column 'custmer' that is not there. Did you mean 'customer'?"));
    }

    private static DataSplit Split(SplitOptions options, Column groups, Target target, ulong seed) => new GroupSplitter(options).Split(groups, target, new SeededRandom(seed));

    private static (ReadOnlyMemory<int> Part, double Share)[] Shares(SplitOptions options, DataSplit split) =>
        [(split.TrainingRows, 1 - options.Test - options.Validation), (split.ValidationRows, options.Validation), (split.TestRows, options.Test)];

    /// <summary>Shares, and groups of very different sizes in random order, by a seed.</summary>
    private static (SplitOptions Options, Column Groups, Target Target) Draw(ulong seed)
    {
        var random = new SeededRandom(seed);
        var options = new SplitOptions { Test = 0.05 + 0.4 * random.NextDouble(), Validation = random.Next(3) == 0 ? 0 : 0.05 + 0.3 * random.NextDouble() };
        var rows = new List<int>();
        var count = 10 + random.Next(100);
        for (var group = 0; group < count; group++) rows.AddRange(Enumerable.Repeat(group, 1 + random.Next(random.Next(4) == 0 ? 40 : 5)));
        random.Shuffle<int>(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(rows));
        Column groups = random.Next(2) == 0 ? Integers([.. rows]) : TextColumn.From("g", [.. rows.Select(group => $"g{group}")]);
        return (options, groups, Classes(rows.Select(_ => (float)random.Next(2))));
    }

    private static IntegerColumn Integers(int[] values) => new("g", values.Select(value => (long)value).ToArray());

    private static Target Classes(IEnumerable<float> values) => new("y", LearningTask.BinaryClassification, values.ToArray(), ["a", "b"]);

    private static int Rare(Target target, ReadOnlyMemory<int> rows) => rows.ToArray().Count(row => target.Values[row] == 1);
}
