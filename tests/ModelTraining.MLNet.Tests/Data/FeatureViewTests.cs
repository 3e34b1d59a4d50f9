using Microsoft.ML;
using Microsoft.ML.Data;

namespace ModelTraining.Tests;

internal sealed class FeatureViewTests
{
    [Test]
    public void View_rows_areThoseOfObjectsInMemory([Values] LearningTask task, [Values(null, 4)] int? seed, [Values] bool keptRows)
    {
        // More rows than a block holds.
        var sample = new Sample(task, rows: 9000, weighted: true, validation: 1000);
        Assert.That(Rows(new FeatureView(sample.Data, sample.Data.TrainingRows, keptRows, default, threads: 3), seed), Is.EqualTo(Rows(DirectMLNet.View(new MLContext(1), sample.Data, sample.Data.TrainingRows), seed)));
    }

    // Two megabytes of features, of which a cursor may hold a block of 32 KiB.
    [Test]
    public void View_reading_copiesNoMoreThanABlock([Values(null, 4)] int? seed)
    {
        var sample = new Sample(LearningTask.Regression, rows: 100_000);
        var view = new FeatureView(sample.Data, sample.Data.TrainingRows, keepRows: false, default);
        long Read()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            using var cursor = view.GetRowCursor(view.Schema, seed is { } given ? new Random(given) : null);
            var get = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
            var features = default(VBuffer<float>);
            while (cursor.MoveNext()) get(ref features);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Read();
        // In another order, the order is a number a row.
        Assert.That(Read(), Is.LessThan(50_000 + (seed is null ? 0 : 100_000 * sizeof(int))));
    }

    [Test]
    public void View_features_haveTheirNames()
    {
        var names = default(VBuffer<ReadOnlyMemory<char>>);
        new FeatureView(new Sample(LearningTask.Regression).Features, default).Schema["Features"].GetSlotNames(ref names);
        Assert.That(names.DenseValues().Select(name => name.ToString()), Is.EqualTo(new[] { "x0", "x1", "x2", "x3", "x4" }));
    }

    [Test]
    public void View_rowsToPredict_haveNoLabel() =>
        Assert.That(new FeatureView(new Sample(LearningTask.Regression).Features, default).Schema.Select(column => column.Name), Is.EqualTo(new[] { "Features" }));

    [Test]
    public void View_columnReadAsAnotherType_isRefused()
    {
        var view = new FeatureView(new Sample(LearningTask.Regression).Data, new[] { 0 }, false, default);
        using var cursor = view.GetRowCursor(view.Schema);
        Assert.That(() => cursor.GetGetter<double>(view.Schema["Label"]), Throws.InvalidOperationException.With.Message.Contains("Single"));
    }

    private static List<string> Rows(IDataView view, int? seed)
    {
        var rows = new List<string>();
        using var cursor = view.GetRowCursor(view.Schema, seed is { } given ? new Random(given) : null);
        var features = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
        var weight = cursor.GetGetter<float>(view.Schema["Weight"]);
        var id = cursor.GetIdGetter();
        Func<object> label = view.Schema["Label"].Type switch
        {
            BooleanDataViewType => Getter<bool>(cursor),
            KeyDataViewType => Getter<uint>(cursor),
            _ => Getter<float>(cursor),
        };
        var (values, one, row) = (default(VBuffer<float>), 0f, default(DataViewRowId));
        while (cursor.MoveNext())
        {
            features(ref values);
            weight(ref one);
            id(ref row);
            rows.Add($"{cursor.Position} {row} {string.Join(' ', values.DenseValues())} {label()} {one}");
        }

        return rows;
    }

    private static Func<object> Getter<T>(DataViewRowCursor cursor)
        where T : struct
    {
        var get = cursor.GetGetter<T>(cursor.Schema["Label"]);
        return () =>
        {
            var value = default(T);
            get(ref value);
            return value;
        };
    }
}
