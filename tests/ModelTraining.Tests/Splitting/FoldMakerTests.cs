using System.Globalization;

namespace ModelTraining.Tests;

public class FoldMakerTests
{
    private static IEnumerable<ulong> Seeds => Enumerable.Range(1, 40).Select(seed => (ulong)seed);

    [TestCaseSource(nameof(Seeds))]
    public void Make_anyDraw_testsEveryRowOnce_andLearnsFromTheOthers(ulong seed)
    {
        var given = new Draw(seed);
        var rows = given.Random.Next(2) == 0 ? given.AllRows : given.SomeRows();
        var folds = given.Maker(new RowDivision { Stratify = given.Random.Next(2) == 0, Shuffle = true }).Make(rows, given.Folds, new SeededRandom(seed));

        Assert.That(folds, Has.Count.EqualTo(given.Folds));
        Assert.That(folds.SelectMany(fold => fold.Test), Is.EquivalentTo(rows), "each row once");
        foreach (var fold in folds)
        {
            Assert.That(fold.Training.Concat(fold.Test), Is.EquivalentTo(rows));
            Assert.That(fold.Training, Is.Ordered);
            Assert.That(fold.Test, Is.Ordered);
            Assert.That(fold.Test.Length, Is.EqualTo(rows.Length / given.Folds).Or.EqualTo((rows.Length / given.Folds) + 1), "folds differ by a row at most");
        }
    }

    [TestCaseSource(nameof(Seeds))]
    public void Make_stratified_givesEachFoldItsShareOfEachClass_withinOneRow(ulong seed)
    {
        var given = new Draw(seed);
        var folds = given.Maker(new RowDivision()).Make(given.AllRows, given.Folds, new SeededRandom(seed));

        for (var @class = 0; @class < given.Target.Classes.Count; @class++)
        {
            var counts = folds.Select(fold => fold.Test.Count(row => given.Target.Values[row] == @class)).ToList();
            Assert.That(counts.Max() - counts.Min(), Is.LessThanOrEqualTo(1), $"class {@class}");
        }
    }

    [TestCaseSource(nameof(Seeds))]
    public void Make_grouped_neverDividesAGroup_andLeavesNoFoldEmpty(ulong seed)
    {
        var given = new Draw(seed);
        var folds = given.Maker(new RowDivision { GroupBy = "group", Stratify = given.Random.Next(2) == 0 }).Make(given.AllRows, given.Folds, new SeededRandom(seed));

        Assert.That(folds.SelectMany(fold => fold.Test), Is.EquivalentTo(given.AllRows));
        foreach (var fold in folds)
        {
            Assert.That(fold.Test, Is.Not.Empty);
            Assert.That(fold.Test.Select(given.Group).Intersect(fold.Training.Select(given.Group)), Is.Empty);
        }
    }

    [Test]
    public void Make_groupedAndStratified_evensOutTheClasses()
    {
        var random = new SeededRandom(3);
        var groups = Enumerable.Range(0, 3000).Select(_ => (long)random.Next(600)).ToArray();
        var rare = Enumerable.Range(0, 600).Select(_ => random.Next(5) == 0).ToArray();
        var target = new Target("y", LearningTask.BinaryClassification, groups.Select(group => rare[group] ? 1f : 0f).ToArray(), ["a", "b"]);
        var table = new Table([new IntegerColumn("group", groups)]);

        var folds = new FoldMaker(new RowDivision { GroupBy = "group" }, table, target).Make([.. Enumerable.Range(0, 3000)], 5, random);

        var share = rare.Count(value => value) / 600.0;
        foreach (var fold in folds)
        {
            Assert.That(fold.Test, Has.Length.EqualTo(600).Within(20));
            Assert.That(fold.Test.Average(row => (double)target.Values[row]), Is.EqualTo(share).Within(0.02));
        }
    }

    [TestCaseSource(nameof(Seeds))]
    public void Make_byTime_neverLooksAhead_andKeepsTheGap(ulong seed)
    {
        var given = new Draw(seed);
        var window = new TimeWindow(given.Random.Next(5), given.Random.Next(2) == 0 ? null : 5 + given.Random.Next(10), given.Random.Next(2) == 0 ? null : 20 + given.Random.Next(50));
        var folds = new FoldMaker(new RowDivision { TimeBy = "time" }, given.Table, given.Target) { Window = window }.Make(given.AllRows, given.Folds, new SeededRandom(seed));

        var tested = new HashSet<int>();
        var newest = int.MinValue;
        foreach (var fold in folds)
        {
            var (oldestTest, newestTraining) = (fold.Test.Min(given.Time), fold.Training.Max(given.Time));
            Assert.That(newestTraining, Is.LessThan(oldestTest), "time never looks ahead");
            Assert.That(given.AllRows.Count(row => given.Time(row) < oldestTest && given.Time(row) > newestTraining), Is.GreaterThanOrEqualTo(window.Gap), "the gap is kept");
            Assert.That(oldestTest, Is.GreaterThan(newest), "each fold is newer than the one before");
            Assert.That(fold.Training.Length, Is.LessThanOrEqualTo(window.MaxTrainSize ?? int.MaxValue));
            Assert.That(fold.Test.All(tested.Add), "no row is tested twice");
            newest = fold.Test.Max(given.Time);
        }
    }

    /// <summary>From scikit-learn 1.2.1: <c>[(list(a), list(b)) for a, b in TimeSeriesSplit(3, gap=2, test_size=2, max_train_size=4).split(range(12))]</c>, and <c>TimeSeriesSplit(3).split(range(10))</c>.</summary>
    [Test]
    public void Make_byTime_isAsScikitLearnHasIt_whereTimesDiffer()
    {
        static string Words(IEnumerable<Fold> folds) => string.Join("; ", folds.Select(fold => $"{string.Join(' ', fold.Training)} | {string.Join(' ', fold.Test)}"));
        static FoldMaker Maker(int rows, TimeWindow window) =>
            new(new RowDivision { TimeBy = "t" }, new Table([new IntegerColumn("t", Enumerable.Range(0, rows).Select(row => (long)row).ToArray())]), Numbers(rows)) { Window = window };

        Assert.That(Words(Maker(12, new TimeWindow(2, 2, 4)).Make([.. Enumerable.Range(0, 12)], 3, new SeededRandom(1))), Is.EqualTo("0 1 2 3 | 6 7; 2 3 4 5 | 8 9; 4 5 6 7 | 10 11"));
        Assert.That(Words(Maker(10, new TimeWindow()).Make([.. Enumerable.Range(0, 10)], 3, new SeededRandom(1))), Is.EqualTo("0 1 2 3 | 4 5; 0 1 2 3 4 5 | 6 7; 0 1 2 3 4 5 6 7 | 8 9"));
    }

    /// <summary>From scikit-learn 1.2.1: <c>[list(b) for a, b in KFold(3).split(range(8))]</c>.</summary>
    [Test]
    public void Make_inOrder_isAsScikitLearnHasIt()
    {
        var folds = new FoldMaker(new RowDivision { Shuffle = false }, new Table([new IntegerColumn("t", new long[8])]), Numbers(8)).Make([.. Enumerable.Range(0, 8)], 3, new SeededRandom(1));

        Assert.That(folds.Select(fold => string.Join(' ', fold.Test)), Is.EqualTo(new[] { "0 1 2", "3 4 5", "6 7" }));
    }

    [Test]
    public void LeaveOneOut_leavesEachRowOut_orEachGroup()
    {
        var given = new Draw(4);

        Assert.That(given.Maker(new RowDivision()).LeaveOneOut(given.AllRows).Select(fold => fold.Test.Single()), Is.EqualTo(given.AllRows));
        var groups = given.Maker(new RowDivision { GroupBy = "group" }).LeaveOneOut(given.AllRows);
        Assert.That(groups.Select(fold => fold.Test.Select(given.Group).Distinct().Single()), Is.EquivalentTo(given.AllRows.Select(given.Group).Distinct()));
    }

    [TestCaseSource(nameof(Seeds))]
    public void WithValidation_takesAPartOfTheTrainingRows_asTheyAreDivided(ulong seed)
    {
        var given = new Draw(seed);
        foreach (var division in new[] { new RowDivision(), new RowDivision { GroupBy = "group" }, new RowDivision { TimeBy = "time" }, new RowDivision { Shuffle = false } })
        {
            var maker = given.Maker(division);
            var fold = maker.Make(given.AllRows, 3, new SeededRandom(seed))[^1];
            var split = maker.WithValidation(fold, 0.2, new SeededRandom(seed));
            var (training, validation) = (split.TrainingRows.ToArray(), split.ValidationRows.ToArray());

            Assert.That(training.Concat(validation), Is.EquivalentTo(fold.Training));
            Assert.That(split.TestRows.ToArray(), Is.EqualTo(fold.Test));
            Assert.That(validation, Is.Not.Empty);
            if (division.GroupBy is not null) Assert.That(training.Select(given.Group).Intersect(validation.Select(given.Group)), Is.Empty);
            if (division.TimeBy is not null) Assert.That(training.Max(given.Time), Is.LessThan(validation.Min(given.Time)));
            if (division == new RowDivision()) Assert.That(validation, Has.Length.EqualTo(0.2 * fold.Training.Length).Within(given.Target.Classes.Count));
            Assert.That(maker.WithValidation(fold, 0, new SeededRandom(seed)).ValidationRows.IsEmpty, Is.True);
        }
    }

    [Test]
    public void Make_ofTooFew_saysWhatToDo()
    {
        var table = new Table([TextColumn.From("group", ["a", "a", "b", "b", "b", "a"]), new IntegerColumn("t", new long[] { 1, 1, 1, 2, 2, 2 })]);
        FoldMaker Maker(RowDivision division, TimeWindow? window = null) => new(division with { Verb = "CrossValidate" }, table, Numbers(6)) { Window = window ?? new TimeWindow() };
        void Says(string id, string text, Action action)
        {
            var thrown = Assert.Throws<ModelTrainingException>(() => action())!;
            Assert.That(thrown.Id, Is.EqualTo(id));
            Assert.That(thrown.Message, Does.Contain(text));
        }

        int[] rows = [0, 1, 2, 3, 4, 5];
        Says("MT2651", "Column 'group', which the 'GroupBy' option of CrossValidate names, has 2 groups for 3 folds. Set 'Folds' to at most 2", () => Maker(new RowDivision { GroupBy = "group" }).Make(rows, 3, new SeededRandom(1)));
        Says("MT2652", "its 2 different times are too few for 2 folds", () => Maker(new RowDivision { TimeBy = "t" }).Make(rows, 2, new SeededRandom(1)));
        Says("MT2652", "6 rows are too few for 2 folds of 2 test rows after a gap of 3 and rows to learn from. Take fewer 'Folds'", () => Maker(new RowDivision { TimeBy = "t" }, new TimeWindow(3)).Make(rows, 2, new SeededRandom(1)));
        Says("MT2653", "6 rows are too few for 7 folds of CrossValidate. Add rows", () => Maker(new RowDivision()).Make(rows, 7, new SeededRandom(1)));
        Says("MT2654", "The 3 training rows of a fold of CrossValidate have too few rows to take a validation part out of them.", () => Maker(new RowDivision()).WithValidation(Fold.Of([0, 1, 2], [3]), 0.2, new SeededRandom(1)));
        Says("MT2654", "too few times", () => Maker(new RowDivision { TimeBy = "t" }).WithValidation(Fold.Of([0, 1, 2, 2], [3]), 0.2, new SeededRandom(1)));
        Says("MT2654", "too few groups", () => Maker(new RowDivision { GroupBy = "group" }).WithValidation(Fold.Of([0, 1, 5, 5], [3]), 0.2, new SeededRandom(1)));
    }

    private static Target Numbers(int rows) => new("y", LearningTask.Regression, Enumerable.Range(0, rows).Select(row => (float)row).ToArray(), []);

    private sealed class Draw
    {
        private readonly int[] _groups;
        private readonly int[] _times;

        public Draw(ulong seed)
        {
            Random = new SeededRandom(seed);
            Folds = 2 + Random.Next(6);
            var count = 120 + Random.Next(300);
            AllRows = [.. Enumerable.Range(0, count)];
            _groups = [.. AllRows.Select(row => row < 12 ? row : Random.Next(30))];
            var ties = Random.Next(2) == 0 ? 1 : 3;
            _times = [.. AllRows.Select(row => row / ties)];
            Random.Shuffle<int>(_times);
            var classes = 2 + Random.Next(3);
            var values = AllRows.Select(row => (float)(Random.Next(3) == 0 ? Random.Next(classes) : 0)).ToArray();
            Target = new Target("y", classes == 2 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification, values, [.. Enumerable.Range(0, classes).Select(i => i.ToString(CultureInfo.InvariantCulture))]);
            Table = new Table([new IntegerColumn("group", _groups.Select(group => (long)group).ToArray()), new DateTimeColumn("time", _times.Select(time => new DateTime(2020, 1, 1).AddHours(time)).ToArray())]);
        }

        public SeededRandom Random { get; }

        public int Folds { get; }

        public int[] AllRows { get; }

        public Target Target { get; }

        public Table Table { get; }

        public int Group(int row) => _groups[row];

        public int Time(int row) => _times[row];

        public int[] SomeRows() => [.. AllRows.Where(_ => Random.Next(3) > 0)];

        public FoldMaker Maker(RowDivision division) => new(division, Table, Target);
    }
}
