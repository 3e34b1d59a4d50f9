using System.Text.Json;

namespace ModelTraining.Tests.Notebooks;

/// <summary>A notebook file: its code cells, and whether somebody saved what they showed.</summary>
internal sealed record Notebook(IReadOnlyList<string> Code, bool HasOutputs, string Language)
{
    public static Notebook Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        var cells = document.RootElement.GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("cell_type").GetString() == "code").ToList();
        return new Notebook(
            [.. cells.Select(cell => string.Concat(cell.GetProperty("source").EnumerateArray().Select(line => line.GetString())))],
            cells.Any(cell => cell.GetProperty("outputs").GetArrayLength() > 0 || cell.GetProperty("execution_count").ValueKind != JsonValueKind.Null),
            document.RootElement.GetProperty("metadata").GetProperty("kernelspec").GetProperty("name").GetString()!);
    }
}
