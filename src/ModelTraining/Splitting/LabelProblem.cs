using System.Globalization;

namespace ModelTraining;

/// <summary>What may be wrong with a label's column, as said to the user.</summary>
internal static class LabelProblem
{
    private const int Shown = 5;

    public static ModelTrainingException NoLabel(Schema schema) => new("MT2320",
        $"No column is the label. Say which one is to be predicted, for example label: '{(schema.Count == 0 ? "income" : schema[schema.Count - 1].Name)}'.");

    public static ModelTrainingException Missing(Column label, Table table)
    {
        var first = 0;
        while (!label.IsMissing(first)) first++;
        return new("MT2321",
            $"Label '{label.Name}' is missing in {label.MissingCount} of {label.Count} rows, first in row {table.Origin(first) + 1}. " +
            "Clean() removes such rows; or fill the label in.");
    }

    public static ModelTrainingException OneValue(Column label) => new("MT2322",
        string.Create(CultureInfo.InvariantCulture, $"Label '{label.Name}' is '{label[0]}' in all {label.Count} rows: there is nothing to tell apart. ") +
        "Check that it is the right column, and that no filter left one value.");

    public static ModelTrainingException TooManyClasses(Column label, string[] classes)
    {
        var comma = TextFormat.Invariant with { DecimalComma = true };
        var numbers = classes.Count(name => TextFormat.Invariant.TryParseDecorated(name, out _) || comma.TryParseDecorated(name, out _));
        var count = classes.Length == 0 ? "more than 1000" : classes.Length.ToString(CultureInfo.InvariantCulture);
        var found = $"Label '{label.Name}' has {count} different values in {label.Count} rows{Examples(classes)}";
        return new("MT2323", label.Type != ColumnType.Text
            ? $"{found}, too many for classes. Say WithTask(LearningTask.Regression) to predict the number."
            : numbers > classes.Length / 2
                ? $"{found}, most of them numbers written as text. Clean() makes numbers of them; correct the others."
                : $"{found}: it looks like a name or an id, not like classes. Choose another label, or join rare classes.");
    }

    public static ModelTrainingException OtherTask(Column label, string[] classes, LearningTask asked, LearningTask found) => new("MT2324",
        $"{asked} was asked for, and label '{label.Name}' has {classes.Length} classes{Examples(classes)}. Say WithTask(LearningTask.{found}), or leave it out: the label tells.");

    public static ModelTrainingException NotNumbers(Column label, string[] classes) => new("MT2324",
        $"{LearningTask.Regression} was asked for, and label '{label.Name}' is text{Examples(classes)}. Leave WithTask out, or make numbers of the text.");

    public static ModelTrainingException WrongType(Column label) => new("MT2325",
        $"Label '{label.Name}' is of type {label.Type}, which cannot be predicted. Choose a label of classes or numbers, or make a number of it.");

    public static ModelTrainingException NoRows(Column label) => new("MT2326",
        $"There are 0 rows to learn '{label.Name}' from. Check the source, and what cleaning left of it.");

    public static ModelTrainingException Infinite(NumberColumn label, Table table) => new("MT2327",
        $"Label '{label.Name}' is infinite in row {table.Origin(label.Values.IndexOfAny(float.PositiveInfinity, float.NegativeInfinity)) + 1}. " +
        "Remove such rows, or correct the number.");

    /// <summary>Not an error: what was assumed, and how to say otherwise.</summary>
    public static string TakenAsClasses(Column label, string[] classes) =>
        $"The {classes.Length} different whole numbers of label '{label.Name}', {classes[0]} to {classes[^1]}, are taken for classes. " +
        "Say WithTask(LearningTask.Regression) to predict the number.";

    private static string Examples(string[] classes) =>
        classes.Length == 0 ? "" : $" ({string.Join(", ", classes.Take(Shown).Select(name => $"'{name}'"))}{(classes.Length > Shown ? ", …" : "")})";
}
