namespace ModelTraining.Tests.Conformance;

/// <summary>A table with a column of every type, and all in it that a transform could trip over. Every other row is for training.</summary>
internal sealed class AwkwardTable
{
    private const int Rows = 96;

    /// <param name="seed">The rows for training come from this seed.</param>
    /// <param name="poisoned">Whether the other rows are replaced by wild ones.</param>
    public AwkwardTable(LearningTask task, ulong seed = 1, bool poisoned = false)
    {
        var random = new SeededRandom(seed);
        var numbers = new float[Rows];
        var wholes = new long[Rows];
        var flags = new byte[Rows];
        var (animals, cities, never) = (new string?[Rows], new string?[Rows], new string?[Rows]);
        var (days, times) = (new DateTime[Rows], new DateTime[Rows]);
        var labels = new float[Rows];
        for (var row = 0; row < Rows; row++)
        {
            // Drawn for all rows, so that the training rows are the same whatever the others become.
            numbers[row] = random.Next(8) == 0 ? float.NaN : (float)random.NextNormal() * 100;
            wholes[row] = random.Next(8) == 0 ? IntegerColumn.Missing : random.Next(1000) - 500;
            flags[row] = (byte)(random.Next(5) is 0 ? BooleanColumn.Missing : random.Next(2));
            animals[row] = random.Next(6) switch { 0 => null, 1 => "", 2 => "cat", 3 => "cat", 4 => "Hund äöü 🐕", _ => "bird" };
            cities[row] = random.Next(10) == 0 ? null : $"city {random.Next(20)}";
            days[row] = random.Next(8) == 0 ? DateTimeColumn.Missing : new DateTime(1960, 1, 1).AddDays(random.Next(30_000));
            times[row] = random.Next(8) == 0 ? DateTimeColumn.Missing : new DateTime(2020, 1, 1).AddSeconds(random.NextDouble() * 1e7);
            labels[row] = task switch { LearningTask.Regression => (float)random.NextNormal(), LearningTask.BinaryClassification => random.Next(2), _ => random.Next(3) };
        }

        Corners(numbers, wholes, days, times, animals);
        var reviews = Reviews(new SeededRandom(seed).Fork("reviews"));
        for (var row = 0; row < Rows; row += 2) if (poisoned) reviews[row] = "A monster; a MONSTER, große Monster» good good good";
        for (var row = 0; row < Rows; row += 2) if (poisoned) Poison(row, numbers, wholes, flags, animals, cities, days, times, labels);
        TrainingRows = [.. Enumerable.Range(0, Rows / 2).Select(i => i * 2 + 1)];
        Table = new Table(
        [
            new NumberColumn("number", numbers), new IntegerColumn("whole", wholes), new BooleanColumn("flag", flags), new NumberColumn("constant", Enumerable.Repeat(0.1f, Rows).ToArray()),
            new NumberColumn("nothing", Enumerable.Repeat(float.NaN, Rows).ToArray()), TextColumn.From("animal", animals), TextColumn.From("city", cities), TextColumn.From("never", never), TextColumn.From("review", reviews),
            new DateTimeColumn("day", days), new DateTimeColumn("time", times), new NumberColumn("label", labels),
        ], new Dictionary<string, ColumnRole> { ["label"] = ColumnRole.Label });
        string[] classes = task switch { LearningTask.Regression => [], LearningTask.BinaryClassification => ["no", "yes"], _ => ["a", "b", "c"] };
        Target = new Target("label", task, labels, classes);
    }

    public Table Table { get; }

    /// <summary>What is predicted, for all rows.</summary>
    public Target Target { get; }

    public int[] TrainingRows { get; }

    /// <summary>What is predicted, for the training rows.</summary>
    public Target TrainingTarget => new(Target.Column, Target.Task, TrainingRows.Select(row => Target.Values[row]).ToArray(), Target.Classes);

    /// <summary>Even rows, which are not for training: values that are never seen there, and the ends of each type.</summary>
    private static void Corners(float[] numbers, long[] wholes, DateTime[] days, DateTime[] times, string?[] animals)
    {
        float[] cornerNumbers = [0, -0f, float.MaxValue, float.MinValue, float.Epsilon, 16_777_216, float.NaN];
        long[] cornerWholes = [0, long.MaxValue, long.MinValue + 1, 16_777_217, (1L << 53) + 1, -1];
        DateTime[] cornerDays =
        [
            DateTime.MinValue.AddDays(1), DateTime.MaxValue, new(1969, 12, 31, 23, 59, 59, 999), new(1970, 1, 1), new(2000, 2, 29, 12, 30, 59), new(1900, 2, 28),
            new(1900, 3, 1), new(2100, 12, 31), new(1600, 2, 29), new(2024, 2, 29, 23, 59, 59), new(1, 3, 1), new(400, 3, 1), new(4, 2, 29),
        ];
        string?[] cornerAnimals = ["dragon", "", null, "CAT", " cat", "cat ", "?", "NaN"];
        for (var i = 0; i < cornerNumbers.Length; i++) numbers[i * 2] = cornerNumbers[i];
        for (var i = 0; i < cornerWholes.Length; i++) wholes[i * 2] = cornerWholes[i];
        for (var i = 0; i < cornerDays.Length; i++) days[i * 2] = times[i * 2 + 40] = cornerDays[i];
        for (var i = 0; i < cornerAnimals.Length; i++) animals[i * 2] = cornerAnimals[i];
    }

    /// <summary>Sentences, with all that stands between words; even rows have words and marks that others lack.</summary>
    private static string?[] Reviews(SeededRandom random)
    {
        string[] words = ["good", "Good", "GOOD", "bad", "très", "Très", "ÄRGER", "ärger", "don't", "'quoted'", "well-known", "--", "a", "B", "price", "日本", "🐕", "ß", "2"];
        string[] between = [" ", " ", " ", "  ", ", ", ". ", "!? ", " (", ") ", "\t", "\r\n", "\u00a0", "/", "…", " — "];
        string?[] corners = ["unseen WORDS only", "good»bad", "GOOD\u2003bad", " ", "", null, "...", "Ärger ÄRGER äRGER ärGER", "'good' -bad- 'price", "good\n\n\nbad", new string('x', 5000) + " good", string.Concat(Enumerable.Repeat("good bad ", 5000))];
        var reviews = new string?[Rows];
        for (var row = 0; row < Rows; row++)
        {
            var count = random.Next(12);
            var text = string.Concat(Enumerable.Range(0, count).Select(_ => words[random.Next(words.Length)] + between[random.Next(between.Length)]));
            reviews[row] = random.Next(9) == 0 ? null : text;
        }

        for (var i = 0; i < corners.Length; i++) reviews[i * 2] = corners[i];
        return reviews;
    }

    private static void Poison(int row, float[] numbers, long[] wholes, byte[] flags, string?[] animals, string?[] cities, DateTime[] days, DateTime[] times, float[] labels)
    {
        numbers[row] = 1e30f;
        wholes[row] = long.MaxValue - row;
        flags[row] = 1;
        animals[row] = $"monster {row}";
        cities[row] = $"city {19 - row % 20}";
        days[row] = new DateTime(9000, 1, 1).AddHours(row);
        times[row] = new DateTime(2, 1, 1);
        labels[row] = 1;
    }
}
