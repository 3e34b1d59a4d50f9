using System.Globalization;
using System.Text;

namespace ModelTraining.Tests.FineTuning;

/// <summary>Texts as the ids that the shared tiny encoder takes: lower case, punctuation apart, longest pieces first. Ids and mask are columns.</summary>
internal sealed class WordPieces(string vocabulary)
{
    private const int Unknown = 1, Begin = 2, End = 3;
    private readonly Dictionary<string, int> _ids = File.ReadAllLines(vocabulary).Index().ToDictionary(line => line.Item, line => line.Index);

    /// <summary>Writes a CSV of so many tokens a text; the texts come with their label after a tab.</summary>
    public string Save(string path, IEnumerable<string> lines, int length)
    {
        using var writer = new StreamWriter(path);
        writer.WriteLine(string.Join(',', [.. Enumerable.Range(0, length).Select(i => $"input_ids{i}"), .. Enumerable.Range(0, length).Select(i => $"attention_mask{i}"), "label"]));
        foreach (var line in lines)
        {
            var tab = line.LastIndexOf('\t');
            var ids = Ids(line[..tab], length);
            writer.WriteLine(string.Join(',', [.. ids.Concat(Enumerable.Repeat(0, length - ids.Count)).Select(Text), .. Enumerable.Range(0, length).Select(i => i < ids.Count ? "1" : "0"), line[(tab + 1)..] == "1" ? "good" : "bad"]));
        }

        return path;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private List<int> Ids(string text, int length)
    {
        var apart = new StringBuilder();
        foreach (var c in text.ToLowerInvariant()) apart.Append(char.IsLetterOrDigit(c) || char.IsWhiteSpace(c) ? c.ToString() : $" {c} ");
        return [Begin, .. apart.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).SelectMany(Pieces).Take(length - 2), End];
    }

    private IEnumerable<int> Pieces(string word)
    {
        var pieces = new List<int>();
        for (var start = 0; start < word.Length;)
        {
            var end = word.Length;
            while (end > start && !_ids.ContainsKey((start > 0 ? "##" : "") + word[start..end])) end--;
            if (end == start) return [Unknown];
            pieces.Add(_ids[(start > 0 ? "##" : "") + word[start..end]]);
            start = end;
        }

        return pieces;
    }
}
