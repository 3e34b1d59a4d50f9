using System.Text.Json;

namespace ModelTraining.Onnx;

/// <summary>The JSON header of a safetensors file: type, shape and place of each tensor.</summary>
internal static class SafetensorsHeader
{
    private const string Metadata = "__metadata__";
    private const int Alignment = 8;

    private static readonly (string Name, ElementType Type)[] Types =
    [
        ("F64", ElementType.Double), ("F32", ElementType.Float), ("F16", ElementType.Float16), ("BF16", ElementType.BFloat16), ("I64", ElementType.Int64), ("I32", ElementType.Int32),
        ("I16", ElementType.Int16), ("I8", ElementType.Int8), ("U64", ElementType.UInt64), ("U32", ElementType.UInt32), ("U16", ElementType.UInt16), ("U8", ElementType.UInt8),
        ("BOOL", ElementType.Bool), ("F8_E4M3", ElementType.Float8E4M3FN), ("F8_E5M2", ElementType.Float8E5M2),
    ];

    /// <summary>The header, padded with spaces to whole eight bytes, and the tensors in the order in which their elements follow.</summary>
    public static (byte[] Header, IReadOnlyList<Tensor> Placed) Write(IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        // The widest types first keep every tensor aligned; names make the file the same for the same tensors.
        var placed = tensors.OrderByDescending(pair => ElementTypes.Bits(pair.Value.Type)).ThenBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(Metadata);
                foreach (var (key, text) in metadata) json.WriteString(key, text);
                json.WriteEndObject();
            }

            var begin = 0L;
            foreach (var (name, tensor) in placed)
            {
                var type = Types.FirstOrDefault(type => type.Type == tensor.Type).Name ?? throw new ModelTrainingException("MT4220", $"Tensor '{name}' is {tensor.Type}, which safetensors files have no word for. Leave it out, or cast it.");
                var end = checked(begin + ElementTypes.ByteCount(tensor.Type, tensor.Count));
                json.WriteStartObject(name);
                json.WriteString("dtype", type);
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(begin);
                json.WriteNumberValue(end);
                json.WriteEndArray();
                json.WriteEndObject();
                begin = end;
            }

            json.WriteEndObject();
        }

        while (memory.Length % Alignment != 0) memory.WriteByte((byte)' ');
        return (memory.ToArray(), [.. placed.Select(pair => pair.Value)]);
    }

    /// <summary>The entries in the order of their elements, which fill <paramref name="available"/> bytes without gap or overlap, as the format asks.</summary>
    public static IReadOnlyList<SafetensorsEntry> Read(ReadOnlyMemory<byte> header, long available, out IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            using var json = JsonDocument.Parse(header);
            if (json.RootElement.ValueKind != JsonValueKind.Object) throw SafetensorsFile.Damaged("has a header that is no JSON object");
            var texts = new Dictionary<string, string>(StringComparer.Ordinal);
            var entries = new List<SafetensorsEntry>();
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.Name != Metadata) entries.Add(Entry(property.Name, property.Value));
                else foreach (var text in property.Value.EnumerateObject()) texts[text.Name] = text.Value.GetString() ?? "";
            }

            entries.Sort((a, b) => (a.Begin, a.Bytes).CompareTo((b.Begin, b.Bytes)));
            var end = 0L;
            foreach (var entry in entries)
            {
                if (entry.Begin != end) throw SafetensorsFile.Damaged($"has a gap or an overlap in front of '{entry.Name}'");
                end += entry.Bytes;
            }

            if (end != available) throw SafetensorsFile.Damaged($"holds {available} bytes of elements, where its header tells of {end}");
            if (entries.DistinctBy(entry => entry.Name).Count() != entries.Count) throw SafetensorsFile.Damaged("has two tensors of one name");
            metadata = texts;
            return entries;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw SafetensorsFile.Damaged($"has a header that can't be read ({exception.Message})");
        }
    }

    private static SafetensorsEntry Entry(string name, JsonElement entry)
    {
        var dtype = entry.GetProperty("dtype").GetString();
        var type = Types.FirstOrDefault(type => type.Name == dtype).Type;
        if (type == ElementType.Undefined) throw SafetensorsFile.Damaged($"has tensor '{name}' of the type '{dtype}', which is not known");
        long[] shape = [.. entry.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64())];
        long[] offsets = [.. entry.GetProperty("data_offsets").EnumerateArray().Select(offset => offset.GetInt64())];
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0]) throw SafetensorsFile.Damaged($"has tensor '{name}' at a place that makes no sense");
        var count = 1L;
        foreach (var size in shape)
        {
            if (size < 0 || (size > 0 && count > Array.MaxLength / size)) throw SafetensorsFile.Damaged($"has tensor '{name}' of the shape [{string.Join(", ", shape)}], which is negative or too large");
            count *= size;
        }

        var bytes = ElementTypes.ByteCount(type, count);
        if (bytes != offsets[1] - offsets[0] || bytes > Array.MaxLength) throw SafetensorsFile.Damaged($"gives tensor '{name}' {offsets[1] - offsets[0]} bytes, where its shape takes {bytes}");
        return new SafetensorsEntry(name, type, shape, (int)count, offsets[0], (int)bytes);
    }
}
