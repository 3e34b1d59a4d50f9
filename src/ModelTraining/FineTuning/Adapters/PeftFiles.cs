using System.Text.Json;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>The two files of a folder of PEFT's adapters (github.com/huggingface/peft, LoraConfig and its checkpoint format).</summary>
internal static class PeftFiles
{
    private const string Tensors = "adapter_model.safetensors";
    private const string Config = "adapter_config.json";
    private const string Prefix = "base_model.model.";

    public static IReadOnlyList<LoRAModule> Read(string folder)
    {
        var scaleOf = ReadScales(Path.Combine(folder, Config));
        var path = Path.Combine(folder, Tensors);
        var tensors = SafetensorsFile.Load(path);
        var modules = new List<LoRAModule>();
        foreach (var (name, a) in tensors)
        {
            if (Layer(name, "A") is not { } layer) continue;
            var b = tensors.FirstOrDefault(pair => Layer(pair.Key, "B") == layer).Value;
            if (b is null || a.Shape is not [> 0, _, ..] || b.Shape.Length != a.Shape.Length || b.Shape[1] != a.Shape[0] || b.Count != b.Shape[0] * b.Shape[1] || a.Count == 0 || b.Count == 0)
            {
                throw new ModelTrainingException("MT3088", $"'{path}': the adapter of '{layer}' has A of [{Sizes(a)}] and B of {(b is null ? "nothing" : $"[{Sizes(b)}]")}, where [rank, inputs] and [outputs, rank] belong together. Write the adapters anew.");
            }

            modules.Add(new LoRAModule(layer, Floats(a, name), Floats(b, name), scaleOf(layer, a.Shape[0])));
        }

        if (modules.Count == 0) throw new ModelTrainingException("MT3088", $"'{path}' has no tensor that is called LAYER.lora_A.weight. Give the folder of LoRA's adapters.");
        return [.. modules.OrderBy(module => module.Name, StringComparer.Ordinal)];

        Tensor Floats(Tensor tensor, string name) => GraphWeights.As(tensor, ElementType.Float) ?? throw new ModelTrainingException("MT3088", $"'{path}': tensor '{name}' is {tensor.Type}, which is no type of adapters. Write them as F32, F16 or BF16.");
    }

    public static void Write(string folder, IReadOnlyList<LoRAModule> modules)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new JsonWriterOptions { Indented = true }))
        {
            var rank = modules[0].Rank;
            var alpha = (double)modules[0].Scale * rank;
            json.WriteStartObject();
            json.WriteString("peft_type", "LORA");
            json.WriteString("bias", "none");
            json.WriteBoolean("fan_in_fan_out", false);
            json.WriteBoolean("inference_mode", true);
            json.WriteNumber("r", rank);
            json.WriteNumber("lora_alpha", alpha);
            json.WriteNumber("lora_dropout", 0);
            json.WriteBoolean("use_rslora", false);
            json.WriteBoolean("use_dora", false);
            json.WriteNull("base_model_name_or_path");
            json.WriteNull("task_type");
            json.WriteStartObject("rank_pattern");
            foreach (var module in modules.Where(module => module.Rank != rank)) json.WriteNumber(module.Name, module.Rank);
            json.WriteEndObject();
            json.WriteStartObject("alpha_pattern");
            foreach (var module in modules.Where(module => (double)module.Scale * module.Rank != alpha)) json.WriteNumber(module.Name, (double)module.Scale * module.Rank);
            json.WriteEndObject();
            json.WriteStartArray("target_modules");
            foreach (var module in modules) json.WriteStringValue(module.Name);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        AtomicFile.Write(Path.Combine(folder, Config), memory.ToArray());
        SafetensorsFile.Save(Path.Combine(folder, Tensors), modules.SelectMany(module => new[] { ("A", module.A), ("B", module.B) }.Select(part => (Name: $"{Prefix}{module.Name}.lora_{part.Item1}.weight", Tensor: part.Item2))).ToDictionary(pair => pair.Name, pair => pair.Tensor), new Dictionary<string, string> { ["format"] = "pt" });
    }

    /// <summary>The layer whose A or B a tensor is; null for others.</summary>
    private static string? Layer(string tensor, string part)
    {
        // Older files name the adapter, too: lora_A.default.weight.
        foreach (var suffix in new[] { $".lora_{part}.weight", $".lora_{part}.default.weight" })
        {
            if (tensor.EndsWith(suffix, StringComparison.Ordinal)) return tensor[(tensor.StartsWith(Prefix, StringComparison.Ordinal) ? Prefix.Length : 0)..^suffix.Length];
        }

        return null;
    }

    /// <summary>What an adapter's product counts, by its layer and rank.</summary>
    private static Func<string, long, float> ReadScales(string path)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = json.RootElement;
            if (root.GetProperty("peft_type").GetString() is var kind and not "LORA") throw Wrong(path, $"it is of adapters of the kind {kind}, and LORA's are merged");
            if (IsTrue(root, "use_dora")) throw Wrong(path, "it says use_dora, which changes the size of the weights besides. Merge these adapters in Python");
            var (alpha, rooted) = (root.GetProperty("lora_alpha").GetDouble(), IsTrue(root, "use_rslora"));
            var patterns = root.TryGetProperty("alpha_pattern", out var given) && given.ValueKind == JsonValueKind.Object ? given.EnumerateObject().Select(pair => (pair.Name, Alpha: pair.Value.GetDouble())).ToList() : [];
            return (layer, rank) =>
            {
                var own = patterns.Where(pattern => layer == pattern.Name || layer.EndsWith($".{pattern.Name}", StringComparison.Ordinal)).Select(pattern => (double?)pattern.Alpha).FirstOrDefault() ?? alpha;
                return (float)(own / (rooted ? Math.Sqrt(rank) : rank));
            };
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw Wrong(path, exception.Message.TrimEnd('.'));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ModelTrainingException("MT4206", $"'{path}' can't be read: {exception.Message} Give the folder that PEFT's save_pretrained wrote.", exception);
        }
    }

    private static bool IsTrue(JsonElement root, string property) => root.TryGetProperty(property, out var value) && value.ValueKind == JsonValueKind.True;

    private static string Sizes(Tensor tensor) => string.Join(", ", tensor.Shape.ToArray());

    private static ModelTrainingException Wrong(string path, string what) => new("MT3087", $"'{path}' is no configuration of adapters that can be merged: {what}.");
}
