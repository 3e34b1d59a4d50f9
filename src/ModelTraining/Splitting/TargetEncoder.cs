using System.Globalization;
using System.Numerics;

namespace ModelTraining;

/// <summary>
/// Makes the label's column a target. Text and booleans are classes. Whole numbers are classes when there are two of them (0/1, 1/2, −1/1), or up
/// to 20 with at least five rows each on average (grades, digits); other numbers are numbers. The user's word goes before this rule. Classes are
/// named as the data writes them and sorted, text by code point, numbers by size, false before true; of two classes the second is the positive one.
/// </summary>
/// <param name="task">What the user says is to be predicted; null when the label is to tell.</param>
internal sealed class TargetEncoder(LearningTask? task = null)
{
    private const int MostClasses = 1000;
    private const int MostInferredClasses = 20;
    private const int FewestRowsOfAClass = 5;

    /// <exception cref="ModelTrainingException">MT2320 to MT2327: the label cannot be learned; the message says why, and what to do.</exception>
    public Target Encode(Table table, Action<string> warn)
    {
        var label = table.Label ?? throw LabelProblem.NoLabel(table.Schema);
        if (label.Count == 0) throw LabelProblem.NoRows(label);
        if (label.MissingCount > 0) throw LabelProblem.Missing(label, table);
        return label switch
        {
            TextColumn text => EncodeText(text),
            BooleanColumn boolean => EncodeBoolean(boolean),
            IntegerColumn integers => EncodeNumbers(integers, integers.Values, warn),
            NumberColumn numbers when numbers.Values.ContainsAny(float.PositiveInfinity, float.NegativeInfinity) => throw LabelProblem.Infinite(numbers, table),
            NumberColumn numbers => EncodeNumbers(numbers, numbers.Values, warn),
            _ => throw LabelProblem.WrongType(label),
        };
    }

    private Target EncodeText(TextColumn label)
    {
        var positions = new float[label.Categories.Length];
        Array.Fill(positions, -1);
        foreach (var code in label.Codes) positions[code] = 0;
        var codes = new List<int>();
        for (var code = 0; code < positions.Length; code++) if (positions[code] == 0) codes.Add(code);
        var names = label.Categories.ToArray();
        codes.Sort((a, b) => string.CompareOrdinal(names[a], names[b]));
        string[] classes = [.. codes.Select(code => names[code])];
        if (task == LearningTask.Regression) throw LabelProblem.NotNumbers(label, classes);
        var likeNames = classes.Length > MostInferredClasses && classes.Length > label.Count / 2;
        if (classes.Length > MostClasses || likeNames) throw LabelProblem.TooManyClasses(label, classes);
        var found = TaskOf(label, classes);

        for (var i = 0; i < codes.Count; i++) positions[codes[i]] = i;
        var values = new float[label.Count];
        for (var row = 0; row < values.Length; row++) values[row] = positions[label.Codes[row]];
        return new Target(label.Name, found, values, classes);
    }

    private Target EncodeBoolean(BooleanColumn label)
    {
        if (label.Values.IndexOfAnyExcept(label.Values[0]) < 0) throw LabelProblem.OneValue(label);
        if (task == LearningTask.Regression) return AsNumbers(label);
        string[] classes = ["false", "true"];
        return new Target(label.Name, TaskOf(label, classes), AsNumbers(label).Values.ToArray(), classes);
    }

    private Target EncodeNumbers<T>(Column label, ReadOnlySpan<T> numbers, Action<string> warn) where T : struct, INumber<T>
    {
        var distinct = Distinct(numbers);
        if (distinct?.Length == 1) throw LabelProblem.OneValue(label);
        if ((task ?? Infer(distinct, numbers.Length)) == LearningTask.Regression) return AsNumbers(label);

        if (distinct is null) throw LabelProblem.TooManyClasses(label, []);
        var classes = Array.ConvertAll(distinct, number => number.ToString(null, CultureInfo.InvariantCulture));
        var found = TaskOf(label, classes);
        if (task is null && found == LearningTask.MulticlassClassification) warn(LabelProblem.TakenAsClasses(label, classes));
        var values = new float[numbers.Length];
        for (var row = 0; row < values.Length; row++) values[row] = Array.BinarySearch(distinct, numbers[row]);
        return new Target(label.Name, found, values, classes);
    }

    /// <summary>The rule for numbers. Floats of more than two values are never classes by themselves: a half star is between two others.</summary>
    private static LearningTask Infer<T>(T[]? distinct, int rows) where T : struct, INumber<T> => distinct switch
    {
        null => LearningTask.Regression,
        [var low, var high] => T.IsInteger(low) && T.IsInteger(high) ? LearningTask.BinaryClassification : LearningTask.Regression,
        { Length: <= MostInferredClasses } when typeof(T) == typeof(long) && distinct.Length <= rows / FewestRowsOfAClass => LearningTask.MulticlassClassification,
        _ => LearningTask.Regression,
    };

    /// <summary>The task of so many classes, which the user's must be.</summary>
    private LearningTask TaskOf(Column label, string[] classes)
    {
        if (classes.Length == 1) throw LabelProblem.OneValue(label);
        var found = classes.Length == 2 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification;
        return task is null || task == found ? found : throw LabelProblem.OtherTask(label, classes, task.Value, found);
    }

    /// <summary>The different numbers from least to most; null when there are more than could be classes.</summary>
    private static T[]? Distinct<T>(ReadOnlySpan<T> numbers) where T : struct, INumber<T>
    {
        var seen = new HashSet<T>();
        foreach (var number in numbers)
        {
            if (seen.Add(number) && seen.Count > MostClasses) return null;
        }

        var distinct = seen.ToArray();
        Array.Sort(distinct);
        return distinct;
    }

    private static Target AsNumbers(Column label)
    {
        var values = new float[label.Count];
        label.CopyTo(values);
        return new Target(label.Name, LearningTask.Regression, values, []);
    }
}
