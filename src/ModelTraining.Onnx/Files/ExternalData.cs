using System.Globalization;
using ModelTraining.Onnx.Protobuf;

namespace ModelTraining.Onnx;

/// <summary>Reads weights that a model keeps in another file. The file must be in the model's folder, or below.</summary>
internal static class ExternalData
{
    /// <exception cref="ModelTrainingException">MT4203: the file is not there, is elsewhere, or is too short.</exception>
    public static Array Read(TensorProto proto, string? folder, int byteCount, Func<Array> create)
    {
        if (folder is null) throw Unusable(proto, "are in another file, which a model that is not a file itself cannot have. Load it by its path");
        var location = Entry(proto, "location") ?? throw Unusable(proto, "are in another file that is not named. Export the model anew");
        var path = Inside(folder, location) ?? throw Unusable(proto, $"are said to be in '{location}', outside the model's folder. Move the file there");
        var offset = Number(proto, "offset", 0);
        if (Number(proto, "length", byteCount) != byteCount) throw Unusable(proto, $"take {byteCount} bytes, not {Entry(proto, "length")}. Export the model anew");
        if (!File.Exists(path)) throw Unusable(proto, $"are in '{location}', which is not there. Copy it beside the model");
        using var stream = File.OpenRead(path);
        if (offset > stream.Length - byteCount) throw Unusable(proto, $"are {byteCount} bytes from {offset} of '{location}', which has {stream.Length}. Copy it anew");
        stream.Position = offset;
        var elements = create();
        stream.ReadExactly(ArrayBytes.Span(elements, byteCount));
        return elements;
    }

    /// <summary>The full path when it is in <paramref name="folder"/> or below, through links too; otherwise null.</summary>
    private static string? Inside(string folder, string location)
    {
        if (location.Length == 0 || location.Contains('\0') || Path.IsPathRooted(location) || location.Contains(':')) return null;
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(location.Replace('\\', '/'), root);
        if (!path.StartsWith(root, StringComparison.Ordinal)) return null;
        if (!Path.Exists(path)) return path;
        for (var part = path; part.Length > root.Length; part = Path.GetDirectoryName(part)!)
        {
            if (File.ResolveLinkTarget(part, returnFinalTarget: true) is { } target && !target.FullName.StartsWith(root, StringComparison.Ordinal)) return null;
        }

        return path;
    }

    private static string? Entry(TensorProto proto, string key) => proto.ExternalData.FirstOrDefault(entry => entry.Key == key)?.Value;

    private static long Number(TensorProto proto, string key, long otherwise)
    {
        if (Entry(proto, key) is not { } text) return otherwise;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        throw Unusable(proto, $"have the {key} '{text}', which is no whole number. Export the model anew");
    }

    private static ModelTrainingException Unusable(TensorProto proto, string what) => new("MT4203", $"The elements of tensor '{proto.Name}' {what}.");
}
