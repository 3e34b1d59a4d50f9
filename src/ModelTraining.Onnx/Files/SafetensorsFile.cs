using System.Buffers.Binary;

namespace ModelTraining.Onnx;

/// <summary>
/// Reads and writes tensors as safetensors files (github.com/huggingface/safetensors, format 0.4): eight bytes with the length of a JSON header, the header, the elements. Nothing in
/// such a file is executed. What is read is taken for a stranger's: sizes and places are checked before memory is taken.
/// </summary>
public static class SafetensorsFile
{
    /// <summary>Headers that are longer are refused, as the format's own reader does.</summary>
    private const long LongestHeader = 100_000_000;

    /// <summary>Writes tensors into the file at <paramref name="path"/>, which is whole or untouched: it is written aside and renamed.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tensors">The tensors by name; text and 4-bit numbers are not in the format.</param>
    /// <param name="metadata">Free-form text to go with them.</param>
    /// <exception cref="ModelTrainingException">MT4220: a type that the format lacks. MT4205: the file can't be written.</exception>
    public static void Save(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(tensors);
        var (header, placed) = SafetensorsHeader.Write(tensors, metadata);
        var full = Path.GetFullPath(path);
        var aside = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            try
            {
                using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
                {
                    Span<byte> length = stackalloc byte[sizeof(long)];
                    BinaryPrimitives.WriteInt64LittleEndian(length, header.Length);
                    stream.Write(length);
                    stream.Write(header);
                    foreach (var tensor in placed) stream.Write(ArrayBytes.Span(tensor.Array, checked((int)ElementTypes.ByteCount(tensor.Type, tensor.Count))));
                    stream.Flush(flushToDisk: true);
                }

                File.Move(aside, full, overwrite: true);
            }
            finally
            {
                File.Delete(aside);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT4205", $"'{path}' can't be written: {exception.Message} Choose a folder that exists and may be written to.", exception);
        }
    }

    /// <summary>Reads all tensors of the file at <paramref name="path"/>.</summary>
    /// <exception cref="ModelTrainingException">MT4221: it is no safetensors file, or is cut off or damaged. MT4206: the file can't be read.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path) => Load(path, out _);

    /// <summary>Reads all tensors of the file at <paramref name="path"/>, and the text that goes with them.</summary>
    /// <exception cref="ModelTrainingException">MT4221: it is no safetensors file, or is cut off or damaged. MT4206: the file can't be read.</exception>
    public static IReadOnlyDictionary<string, Tensor> Load(string path, out IReadOnlyDictionary<string, string> metadata)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, out metadata);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT4206", $"'{path}' can't be read: {exception.Message} Check the path.", exception);
        }
        catch (ModelTrainingException exception) when (exception.Place is null)
        {
            throw new ModelTrainingException(exception.Problems, path, exception);
        }
    }

    private static Dictionary<string, Tensor> Read(FileStream stream, out IReadOnlyDictionary<string, string> metadata)
    {
        Span<byte> length = stackalloc byte[sizeof(long)];
        if (stream.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) < length.Length) throw Damaged("has fewer than 8 bytes");
        var headerLength = BinaryPrimitives.ReadInt64LittleEndian(length);
        if (headerLength < 2 || headerLength > LongestHeader || headerLength > stream.Length - length.Length) throw Damaged($"says that its header has {headerLength} bytes, of {stream.Length} in all");
        var header = new byte[headerLength];
        stream.ReadExactly(header);
        var entries = SafetensorsHeader.Read(header, stream.Length - stream.Position, out metadata);
        var tensors = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            // Entries are in the order of the file, without gaps.
            var elements = ElementTypes.CreateArray(entry.Type, entry.Count);
            stream.ReadExactly(ArrayBytes.Span(elements, entry.Bytes));
            if (elements is bool[] booleans && ArrayBytes.Span(booleans, booleans.Length).IndexOfAnyExcept((byte)0, (byte)1) is var wrong and >= 0)
            {
                throw Damaged($"has a boolean in '{entry.Name}' at position {wrong} that is neither 0 nor 1");
            }

            tensors.Add(entry.Name, Tensor.Read(entry.Type, [.. entry.Shape], elements, entry.Count));
        }

        return tensors;
    }

    internal static ModelTrainingException Damaged(string what) => new("MT4221", $"It is no safetensors file, or is cut off or damaged: it {what}. Check that the file is the right one, and copy it anew.");
}
