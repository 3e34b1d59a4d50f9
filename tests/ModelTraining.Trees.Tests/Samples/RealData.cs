using System.Globalization;

namespace ModelTraining.Tests;

/// <summary>Real tables as features: a column of numbers is a quantity, any other a category; empty and ? are missing. The label is the last column unless it is named.</summary>
internal static class RealData
{
    public static Sample Classes(string file) => Read(file, null, true);

    public static Sample Numbers(string file, string? label = null) => Read(file, label, false);

    private static Sample Read(string file, string? label, bool classes)
    {
        var lines = File.ReadAllLines(TestData.Shared(file));
        var names = lines[0].Split(',', StringSplitOptions.TrimEntries);
        var rows = lines.Skip(1).Where(line => line.Length > 0).Select(line => line.Split(',', StringSplitOptions.TrimEntries)).ToArray();
        var labelAt = label is null ? names.Length - 1 : Array.IndexOf(names, label);
        var inputs = Enumerable.Range(0, names.Length).Where(column => column != labelAt).ToArray();
        var read = inputs.Select(column => Column(names[column], [.. rows.Select(row => row[column])])).ToArray();
        var labels = rows.Select(row => row[labelAt]).ToArray();
        string[] known = classes ? [.. labels.Distinct().Order(StringComparer.Ordinal)] : [];
        var target = labels.Select(text => classes ? Array.IndexOf(known, text) : Number(text)).ToArray();
        var task = !classes ? LearningTask.Regression : known.Length == 2 ? LearningTask.BinaryClassification : LearningTask.MulticlassClassification;
        return Sample.Of([.. read.Select(column => column.Info)], [.. read.Select(column => column.Values)], task, target, known.Length);
    }

    private static (FeatureInfo Info, float[] Values) Column(string name, string[] texts)
    {
        if (texts.All(text => text is "" or "?" || !float.IsNaN(Number(text)))) return (new FeatureInfo(name), [.. texts.Select(Number)]);
        string[] known = [.. texts.Where(text => text is not ("" or "?")).Distinct().Order(StringComparer.Ordinal)];
        return (new FeatureInfo(name, FeatureKind.Category, known.Length), [.. texts.Select(text => Array.IndexOf(known, text) is var i and >= 0 ? i : float.NaN)]);
    }

    private static float Number(string text) => float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : float.NaN;
}
