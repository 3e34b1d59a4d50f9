using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining.Tests;

/// <summary>Tables as ML.NET's rows, and back.</summary>
internal sealed class TableDataViewTests
{
    private static readonly DateTime Day = new(2024, 2, 29, 12, 30, 0, DateTimeKind.Unspecified);

    private static Table Rows => new(
        [
            new NumberColumn("number", new[] { 1.5f, float.NaN, -3 }),
            new IntegerColumn("whole", new[] { 7L, long.MaxValue, -1 }),
            new IntegerColumn("some", new[] { 7L, IntegerColumn.Missing, -1 }),
            new BooleanColumn("truth", new byte[] { 1, 0, 1 }),
            new BooleanColumn("doubt", new byte[] { 1, BooleanColumn.Missing, 0 }),
            TextColumn.From("text", ["red", null, "blue"]),
            new DateTimeColumn("date", new[] { Day, DateTimeColumn.Missing, Day.AddDays(1) }),
            new TensorColumn("tensor", new float[] { 1, 2, 3, 4, 5, 6 }, 1, 2),
        ],
        new Dictionary<string, ColumnRole> { ["truth"] = ColumnRole.Label });

    [Test]
    public void AsDataView_columns_haveMLNetsTypes([Values] bool keys) => Assert.That(
        Rows.AsDataView(keys).Schema.Select(column => $"{column.Name} {column.Type}"),
        Is.EqualTo(new[] { "number Single", "whole Int64", "some Double", "truth Boolean", "doubt Single", keys ? "text Key<UInt32, 0-1>" : "text String", "date DateTime", "tensor Vector<Single, 1, 2>" }));

    [Test]
    public void AsDataView_values_areThoseOfTheTable()
    {
        var view = Rows.AsDataView();
        Assert.That(view.GetColumn<float>("number"), Is.EqualTo(new[] { 1.5f, float.NaN, -3 }));
        Assert.That(view.GetColumn<long>("whole"), Is.EqualTo(new[] { 7, long.MaxValue, -1 }));
        Assert.That(view.GetColumn<double>("some"), Is.EqualTo(new[] { 7, double.NaN, -1 }));
        Assert.That(view.GetColumn<bool>("truth"), Is.EqualTo(new[] { true, false, true }));
        Assert.That(view.GetColumn<float>("doubt"), Is.EqualTo(new[] { 1, float.NaN, 0 }));
        Assert.That(view.GetColumn<string>("text"), Is.EqualTo(new[] { "red", "", "blue" }));
        Assert.That(view.GetColumn<DateTime>("date"), Is.EqualTo(new[] { Day, DateTime.MinValue, Day.AddDays(1) }));
        Assert.That(view.GetColumn<float[]>("tensor"), Is.EqualTo(new[] { new float[] { 1, 2 }, [3, 4], [5, 6] }));
        Assert.That(Rows.AsDataView(textAsKeys: true).GetColumn<uint>("text"), Is.EqualTo(new uint[] { 1, 0, 2 }));
        Assert.That(view.GetRowCount(), Is.EqualTo(3));
    }

    [Test]
    public void AsDataView_estimatorsOfMLNet_learnFromIt()
    {
        var context = new MLContext(1);
        var random = new SeededRandom(1);
        var x = Enumerable.Range(0, 300).Select(_ => (float)random.NextNormal()).ToArray();
        var kind = x.Select(value => value > 0 ? "much" : "little").ToArray();
        var table = new Table([new NumberColumn("x", x), TextColumn.From("kind", kind), new NumberColumn("Label", x.Select((value, i) => (2 * value) + (kind[i] == "much" ? 1 : 0)).ToArray())]);
        var estimator = context.Transforms.Categorical.OneHotEncoding("kind").Append(context.Transforms.Concatenate("Features", "x", "kind")).Append(context.Regression.Trainers.LbfgsPoissonRegression());
        var positive = new Table([table["x"], table["kind"], new NumberColumn("Label", x.Select(MathF.Exp).ToArray())]);
        var metrics = context.Regression.Evaluate(estimator.Fit(positive.AsDataView()).Transform(positive.AsDataView()));
        Assert.That(metrics.RSquared, Is.GreaterThan(0.9));
        Assert.That(context.Data.ShuffleRows(table.AsDataView(), seed: 1).GetColumn<float>("x"), Is.EquivalentTo(x).And.Not.EqualTo(x));
    }

    [Test]
    public async Task DataView_ofATable_isTheTableAgain([Values] bool keys)
    {
        var source = MLNet.DataView(Rows.AsDataView(keys), label: "truth");
        var table = await source.ReadAsync(new SourceContext(), default);
        Assert.That(table.Schema.Label!.Name, Is.EqualTo("truth"));
        foreach (var name in new[] { "number", "whole", "truth", "text", "date", "tensor" })
        {
            Assert.That(table[name].Type, Is.EqualTo(Rows[name].Type), name);
            for (var row = 0; row < 3; row++) Assert.That(table[name][row], Is.EqualTo(Rows[name][row]), name);
        }

        // Integers and truths of which some are missing come as numbers.
        Assert.That(table["some"][1], Is.Null);
        Assert.That(table["doubt"][0], Is.EqualTo(1f));
    }

    [Test]
    public async Task DataView_ofMLNetsOwn_runsThroughThePipeline()
    {
        var context = new MLContext(1);
        var view = context.Data.LoadFromEnumerable(Enumerable.Range(0, 200).Select(i => new { Length = (double)(i % 50), Count = (byte)(i % 7), Colour = i % 50 > 25 ? "red" : "blue" }));
        var keyed = context.Transforms.Conversion.MapValueToKey("Colour").Fit(view).Transform(view);
        var run = await Pipeline.From(MLNet.DataView(keyed, label: "Colour")).Split().Train(MLNet.FastTree()).Evaluate().RunAsync();
        Assert.That(run.Source.Schema.Select(column => column.Type), Is.EqualTo(new[] { ColumnType.Number, ColumnType.Integer, ColumnType.Text }));
        Assert.That(run.Evaluation["accuracy"], Is.EqualTo(1));
    }

    [Test]
    public async Task DataView_inAPipeline_isReadOnce()
    {
        var random = new SeededRandom(1);
        var x = Enumerable.Range(0, 300).Select(_ => (float)random.NextNormal()).ToArray();
        var view = new CountedView(new Table([new NumberColumn("x", x), TextColumn.From("y", [.. x.Select(value => value > 0 ? "more" : "less")])]).AsDataView());
        using var folder = new TemporaryFolder();
        await Pipeline.From(MLNet.DataView(view, label: "y")).Clean().Split().Train(MLNet.AveragedPerceptron()).Evaluate().Export(folder.File("model.onnx")).RunAsync();
        Assert.That(view.Reads, Is.EqualTo(1));
    }

    // Four megabytes, of which a cursor may hold no more than a row.
    [Test]
    public void AsDataView_reading_copiesNothingButARow()
    {
        const int rows = 200_000;
        var view = new Table([new NumberColumn("x", new float[rows]), new TensorColumn("vector", new float[rows * 4], 4)]).AsDataView();
        long Read()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            using var cursor = view.GetRowCursor(view.Schema);
            var number = cursor.GetGetter<float>(view.Schema["x"]);
            var vector = cursor.GetGetter<VBuffer<float>>(view.Schema["vector"]);
            var (value, values, count) = (0f, default(VBuffer<float>), 0);
            for (; cursor.MoveNext(); count++)
            {
                number(ref value);
                vector(ref values);
            }

            Assert.That(count, Is.EqualTo(rows));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Read();
        Assert.That(Read(), Is.LessThan(10_000));
    }

    [Test]
    public void DataView_columnThatATableHasNot_isNamed_unlessIgnored()
    {
        var context = new MLContext(1);
        var view = context.Data.LoadFromEnumerable(new[] { new { Text = "one two", X = 1f } });
        var words = context.Transforms.Text.TokenizeIntoWords("Words", "Text").Fit(view).Transform(view);
        var error = Assert.ThrowsAsync<ModelTrainingException>(async () => await MLNet.DataView(words).ReadAsync(new SourceContext(), default));
        Assert.That(error!.Message, Does.StartWith("MT3306").And.Contain("'Words'").And.Contain("Ignored"));
        Assert.That(async () => await MLNet.DataView(words, roles: new Dictionary<string, ColumnRole> { ["Words"] = ColumnRole.Ignored }).ReadAsync(new SourceContext(), default), Throws.Nothing);
    }

    [Test]
    public void DataView_largerThanMemory_isStopped()
    {
        var table = new Table([new NumberColumn("x", new float[5000])]);
        var error = Assert.ThrowsAsync<ModelTrainingException>(async () => await MLNet.DataView(table.AsDataView()).ReadAsync(new SourceContext { MemoryLimitBytes = 10_000 }, default));
        Assert.That(error!.Id, Is.EqualTo("MT2121"));
    }

    [Test]
    public void DataView_cancelled_throwsThat()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.That(async () => await MLNet.DataView(Rows.AsDataView()).ReadAsync(new SourceContext(), cancelled.Token), Throws.InstanceOf<OperationCanceledException>());
    }
}
