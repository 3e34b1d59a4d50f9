using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using ModelTraining.Tests.Pipelines;
using ModelTraining.Tests.Reporting;

namespace ModelTraining.Tests.Data.Spilling;

internal sealed class SpillingTests
{
    private const int Rows = 70_000;
    private const long Limit = 1 << 20;

    private static readonly Visit[] Visits = [.. Enumerable.Range(0, Rows).Select(Made)];

    private TemporaryFolder _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = new TemporaryFolder();

    [TearDown]
    public void DeleteFolder() => _folder.Dispose();

    private sealed record Visit(float? Spent, long Age, string? Plan, bool Member, DateTime Since, bool Returns);

    private static Visit Made(int row)
    {
        var random = new SeededRandom((ulong)row);
        var spent = random.Next(20) == 0 ? null : (float?)(random.NextNormal() * 100);
        var age = random.Next(70) + 18;
        var plan = random.Next(30) == 0 ? null : "plan " + random.Next(9).ToString(CultureInfo.InvariantCulture);
        var since = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Unspecified).AddDays(random.Next(900));
        return new Visit(spent, age, plan, random.Next(2) == 0, since, (spent ?? 10) + age + (random.NextNormal() * 20) > 50);
    }

    private static IDataSource Source(string kind) => kind switch
    {
        "csv" => Csv.Text(Visits.Aggregate(new StringBuilder("Spent,Age,Plan,Member,Since,Returns\n"), (text, visit) =>
            text.Append(CultureInfo.InvariantCulture, $"{visit.Spent},{visit.Age},{visit.Plan},{visit.Member},{visit.Since:yyyy-MM-dd},{visit.Returns}\n")).ToString(), "Returns"),
        "json" => JsonLines.Text(string.Join('\n', Visits.Select(visit => System.Text.Json.JsonSerializer.Serialize(visit))), "Returns"),
        "records" => Records.Of(Visits, "Returns"),
        "unknown number" => Records.Of(Visits.Where(visit => visit.Age > 0), "Returns"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private static DataPipeline Spilling(string kind, string folder) => Pipeline.From(Source(kind)).WithMemoryLimit(Limit).WithSpilling(folder);

    private static bool IsInMemory(Column column) => MemoryMarshal.TryGetArray(((NumberColumn)column).Memory, out _);

    [Test]
    public async Task RunAsync_spilled_table_gives_the_same_model_to_the_last_bit([Values("csv", "json", "records", "unknown number")] string kind)
    {
        async Task<(PipelineRun Run, byte[] Model)> RunAsync(DataPipeline pipeline, string file)
        {
            var run = await pipeline.WithTime(new StoppedClock()).Clean().Split(test: 0.2, validation: 0.1).Train(Trees.GradientBoosting(o => o with { Trees = 8 })).Evaluate().Export(_folder.File(file)).RunAsync();
            return (run, File.ReadAllBytes(_folder.File(file)));
        }

        var (inMemory, expected) = await RunAsync(Pipeline.From(Source(kind)), "memory.onnx");
        var (spilled, model) = await RunAsync(Spilling(kind, _folder.Path), "spilled.onnx");
        using (spilled)
        {
            Assert.Multiple(() =>
            {
                Assert.That(IsInMemory(inMemory.Source["Spent"]), Is.True);
                Assert.That(new[] { spilled.Source, spilled.Table }.Any(table => IsInMemory(table["Spent"])), Is.False, "the columns are in the file");
                Assert.That(spilled.Repairs, Has.One.Contains("is spilled to disk, as 1 MiB may be used."));
                Assert.That(model, Is.EqualTo(expected));
                Assert.That(spilled.Evaluation.Metrics.Select(metric => metric.Value), Is.EqualTo(inMemory.Evaluation.Metrics.Select(metric => metric.Value)));
                foreach (var column in inMemory.Source.Columns) Assert.That(Values(spilled.Source[column.Name]), Is.EqualTo(Values(column)), column.Name);
            });
        }

        static IEnumerable<object?> Values(Column column) => Enumerable.Range(0, Rows).Where(row => row % 997 == 0 || row > Rows - 3).Select(row => column[row]);
    }

    [Test]
    public async Task RunAsync_forest_and_constant_train_on_spilled_columns([Values] bool forest)
    {
        ITrainer Trainer() => forest ? Trees.RandomForest(o => o with { Trees = 3 }) : Baselines.Constant();
        var expected = await Pipeline.From(Source("records")).Split().Train(Trainer()).Evaluate().RunAsync();
        using var run = await Spilling("records", _folder.Path).Split().Train(Trainer()).Evaluate().RunAsync();
        Assert.That(IsInMemory(run.Table["Spent"]), Is.False);
        Assert.That(run.Evaluation["log_loss"], Is.EqualTo(expected.Evaluation["log_loss"]));
    }

    [Test]
    public async Task RunAsync_table_that_fits_is_not_spilled()
    {
        using var run = await Pipeline.From(Source("csv")).WithSpilling(_folder.File("not made")).RunAsync();
        Assert.That(IsInMemory(run.Source["Spent"]), Is.True);
        Assert.That(Directory.Exists(_folder.File("not made")), Is.False);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "There a file has a name as long as it is open.")]
    public async Task RunAsync_killed_at_any_time_leaves_no_file()
    {
        var left = new List<string>();
        using var run = await Spilling("csv", _folder.File("spilled")).WithProgress(_ => left.AddRange(Directory.Exists(_folder.File("spilled")) ? Directory.GetFileSystemEntries(_folder.File("spilled")) : [])).Clean().Split()
            .Train(Trees.GradientBoosting(o => o with { Trees = 2 })).RunAsync();
        Assert.That(Directory.Exists(_folder.File("spilled")), Is.True);
        Assert.That(left, Is.Empty);
    }

    [Test]
    public async Task RunAsync_files_that_others_left_are_deleted_and_nothing_else()
    {
        File.WriteAllText(_folder.File("modeltraining-0123.spill"), "of a process that was killed");
        File.WriteAllText(_folder.File("notes.txt"), "not ours");
        using var run = await Spilling("csv", _folder.Path).RunAsync();
        Assert.That(Directory.GetFiles(_folder.Path, "*-0123.spill"), Is.Empty);
        Assert.That(File.Exists(_folder.File("notes.txt")), Is.True);
    }

    [Test]
    public async Task Dispose_lets_the_file_go_and_keeps_the_model()
    {
        var run = await Spilling("csv", _folder.Path).Split().Train(Trees.GradientBoosting(o => o with { Trees = 2 })).Evaluate().RunAsync();
        var column = (NumberColumn)run.Source["Spent"];
        run.Dispose();
        run.Dispose();
        Assert.That(() => column.Values[0], Throws.InstanceOf<ObjectDisposedException>().With.Message.Contains("spilled"));
        Assert.That(run.Evaluation["roc_auc"], Is.GreaterThan(0.9));
        Assert.That(Directory.GetFileSystemEntries(_folder.Path), Is.Empty);
    }

    [Test]
    public void RunAsync_that_fails_or_is_cancelled_lets_the_file_go([Values] bool cancelled)
    {
        using var source = new CancellationTokenSource();
        NumberColumn? column = null;
        var stage = new FunctionStage("Look", (table, _) =>
        {
            column = (NumberColumn)table["Spent"];
            Assert.That(IsInMemory(column), Is.False);
            if (!cancelled) throw new InvalidDataException("no");
            source.Cancel();
            return table;
        });
        Assert.That(async () => await Spilling("csv", _folder.Path).Use(stage).Split().Train(Trees.GradientBoosting()).RunAsync(source.Token),
            cancelled ? Throws.InstanceOf<OperationCanceledException>() : Throws.InstanceOf<ModelTrainingException>());
        Assert.That(() => column!.Values[0], Throws.InstanceOf<ObjectDisposedException>());
    }

    [Test]
    public async Task RunAsync_two_at_once_in_one_folder_do_not_see_each_other()
    {
        async Task<double> LossAsync()
        {
            using var run = await Spilling("records", _folder.Path).Split().Train(Trees.GradientBoosting(o => o with { Trees = 4 })).Evaluate().RunAsync();
            return run.Evaluation["log_loss"];
        }

        var losses = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(LossAsync)));
        Assert.That(losses, Is.All.EqualTo(losses[0]));
    }

    [Test]
    public void RunAsync_trainer_that_holds_all_rows_is_an_error_with_an_estimate() => Assert.That(
        async () => await Spilling("csv", _folder.Path).WithMemoryLimit(2 << 20).Split().Train(Linear.Logistic()).RunAsync(),
        Throws.InstanceOf<ModelTrainingException>().With.Message.Matches(
            @"MT2122: CSV text: the table would take about 3\.\d MiB \(about 69,000 rows of 53 bytes, judged by the first 32,768\), and 2 MiB may be used; WithSpilling does not help, as Linear.Logistic holds all of it in memory to train. Take a part, for example .Sample\(rows: \d+\).*Trees.GradientBoosting.*stage 1 of \d, Read, SpillingTests.cs"));

    [Test]
    public async Task RunAsync_spilled_rows_that_are_drawn_and_weighed_give_the_same_model()
    {
        async Task<byte[]> ModelAsync(DataPipeline pipeline)
        {
            using var run = await pipeline.WithTime(new StoppedClock()).Clean().Split().Balance(Resample.RandomOver()).Balance(ClassWeights.Of(new Dictionary<string, double> { ["true"] = 3 }))
                .Train(Trees.GradientBoosting(o => o with { Trees = 8 })).RunAsync();
            Assert.That(run.Report<BalanceReport>()!.Changes[0].Classes.Select(c => c.RowsAfter).Distinct().Count(), Is.EqualTo(1));
            return run.ToBytes();
        }

        Assert.That(await ModelAsync(Spilling("records", _folder.File("spilled"))), Is.EqualTo(await ModelAsync(Pipeline.From(Source("records")))));
    }

    [Test]
    public void RunAsync_method_that_compares_rows_is_an_error_that_says_what_need_not() => Assert.That(
        async () => await Spilling("csv", _folder.Path).WithMemoryLimit(2 << 20).Split().Balance(Resample.Smote()).Train(Trees.GradientBoosting()).RunAsync(),
        Throws.InstanceOf<ModelTrainingException>().With.Message.Matches(@"MT2122: .*WithSpilling does not help, as Resample.Smote holds all of it in memory.*take ClassWeights, Resample.RandomOver or Resample.RandomUnder, which need not"));

    [Test]
    public void RunAsync_texts_that_are_all_different_are_an_error()
    {
        var text = Enumerable.Range(0, 40_000).Aggregate(new StringBuilder("note,y\n"), (text, row) => text.Append(CultureInfo.InvariantCulture, $"note number {row} of this customer,{row % 2}\n")).ToString();
        var records = Enumerable.Range(0, 40_000).Select(row => new { Note = $"note number {row} of this customer", Y = row % 2 });
        foreach (var source in new[] { Csv.Text(text, "y"), Records.Of(records, "Y") })
        {
            Assert.That(async () => await Pipeline.From(source).WithMemoryLimit(500_000).WithSpilling(_folder.Path).RunAsync(),
                Throws.InstanceOf<ModelTrainingException>().With.Message.Matches("MT2123: The different texts of column '[nN]ote' take .* after .* rows, and 488.3 KiB may be used.*Leave the column out"));
        }
    }

    [Test]
    public void RunAsync_folder_that_is_none_is_an_error()
    {
        File.WriteAllText(_folder.File("file"), "");
        var folder = Path.Combine(_folder.File("file"), "below");
        Assert.That(async () => await Spilling("csv", folder).RunAsync(), Throws.InstanceOf<ModelTrainingException>().With.Message.Contains($"MT2124: '{folder}', where columns are to be spilled, can't be written to").And.Message.Contains("Name another folder in WithSpilling"));
    }

    [Test]
    public void WithSpilling_nothing_is_an_error() => Assert.That(() => Pipeline.From(Source("records")).WithSpilling(" "), Throws.ArgumentException);
}
