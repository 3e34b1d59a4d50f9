namespace ModelTraining.Tests.Conformance;

/// <summary>What <see cref="ITransform"/> and <see cref="IFittedTransform"/> promise, checked on every transform.</summary>
[TestFixtureSource(typeof(TransformCases), nameof(TransformCases.All))]
public class TransformConformance(TransformCase subject)
{
    private AwkwardTable _data = null!;

    [SetUp]
    public void Draw() => _data = new AwkwardTable(subject.Task);

    [Test]
    public void Emit_every_row_gives_what_Apply_gives()
    {
        var fitted = Fit(_data);
        var applied = fitted.Apply(_data.Table);
        var emitted = GraphRun.Run(_data.Table, fitted.Emit, (fitted as INeedsOpset)?.Opset ?? Onnx.Graph.DefaultOpset);
        Assert.That(emitted.Keys, Is.EquivalentTo(applied.WithRole(ColumnRole.Feature).Select(column => column.Name)));
        foreach (var column in applied.WithRole(ColumnRole.Feature)) Assert.That(emitted[column.Name], Is.EqualTo(Same.Values(column)), column.Name);
    }

    [Test]
    public void Fit_with_other_rows_poisoned_learns_the_same()
    {
        var poisoned = new AwkwardTable(subject.Task, poisoned: true);
        var (fitted, other) = (Fit(_data), Fit(poisoned));
        Assert.That(other.Description, Is.EqualTo(fitted.Description));
        Same.Columns(fitted.Apply(_data.Table), other.Apply(_data.Table), "served");
        Same.Columns(fitted.ApplyInTraining(_data.Table).Take(_data.TrainingRows), other.ApplyInTraining(poisoned.Table).Take(_data.TrainingRows), "in training");
    }

    [Test]
    public void Fit_with_any_number_of_threads_learns_the_same()
    {
        var (one, many) = (Fit(_data, threads: 1), Fit(_data, threads: 4));
        Assert.That(many.Description, Is.EqualTo(one.Description));
        Same.Columns(one.ApplyInTraining(_data.Table), many.ApplyInTraining(_data.Table), "in training");
        Same.Columns(one.Apply(_data.Table), many.Apply(_data.Table), "served");
    }

    [Test]
    public void Apply_leaves_rows_and_input_as_they_are()
    {
        var fitted = Fit(_data);
        var untouched = new AwkwardTable(subject.Task).Table;
        Assert.That(fitted.Apply(_data.Table).RowCount, Is.EqualTo(_data.Table.RowCount));
        Assert.That(fitted.ApplyInTraining(_data.Table).RowCount, Is.EqualTo(_data.Table.RowCount));
        Same.Columns(untouched, _data.Table, "input");
        int[] few = [5, 3, 3, 0];
        Same.Columns(fitted.Apply(_data.Table).Take(few), fitted.Apply(_data.Table.Take(few)), "few rows");
    }

    [Test]
    public void Apply_leaves_label_and_roles_as_they_are()
    {
        var applied = Fit(_data).Apply(_data.Table);
        Assert.That(applied.Label, Is.SameAs(_data.Table.Label));
        Assert.That(applied.Schema.Where(column => column.Name != "label").Select(column => column.Role), Is.All.EqualTo(ColumnRole.Feature));
    }

    [Test]
    public void ApplyInTraining_other_rows_are_as_served()
    {
        var fitted = Fit(_data);
        int[] others = [.. Enumerable.Range(0, _data.Table.RowCount).Except(_data.TrainingRows)];
        Same.Columns(fitted.Apply(_data.Table).Take(others), fitted.ApplyInTraining(_data.Table).Take(others), "other rows");
    }

    [Test]
    public void Apply_from_many_threads_gives_the_same()
    {
        var fitted = Fit(_data);
        var expected = fitted.Apply(_data.Table);
        var results = new Table[8];
        Parallel.For(0, results.Length, i => results[i] = fitted.Apply(_data.Table));
        foreach (var result in results) Same.Columns(expected, result, "parallel");
    }

    [Test]
    public void Keep_chooses_among_the_training_rows_in_their_order()
    {
        if (Fit(_data) is not IRowFilter filter) return;
        var kept = filter.Keep(_data.Table.View(_data.TrainingRows)).ToArray();
        Assert.That(kept, Is.SubsetOf(_data.TrainingRows).And.Ordered.And.Not.Empty);
    }

    private IFittedTransform Fit(AwkwardTable data, int threads = 2) => subject.Transform.Fit(data.Table.View(data.TrainingRows), new FitContext
    {
        Target = data.TrainingTarget,
        Random = new SeededRandom(7),
        Threads = threads,
    });
}
