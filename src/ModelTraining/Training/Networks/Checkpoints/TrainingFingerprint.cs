using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using ModelTraining.Onnx;

namespace ModelTraining;

/// <summary>What a checkpoint must agree with to be gone on from: the network with its first weights, the options but for the number of epochs, and the rows.</summary>
/// <param name="Network">Of the graph.</param>
/// <param name="Options">Of the options and the seed.</param>
/// <param name="Data">Of the rows.</param>
internal sealed record TrainingFingerprint(string Network, string Options, string Data)
{
    public static TrainingFingerprint Of(TrainingGraph graph, NetworkOptions options, IReadOnlyList<OptionValue> values, TrainingData data, SeededRandom random)
    {
        var text = string.Join('\n', values.Where(value => value.Name is not nameof(NetworkOptions.Epochs) and not nameof(NetworkOptions.Backend) and not nameof(NetworkOptions.RetryOnOutOfMemory)).Select(value => $"{value.Name}={value.Value}"));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var feature = 0; feature < data.Features.Count; feature++) hash.AppendData(MemoryMarshal.AsBytes(data.Features.Column(feature)));
        hash.AppendData(MemoryMarshal.AsBytes(data.Target.Values));
        hash.AppendData(MemoryMarshal.AsBytes(data.Weights));
        hash.AppendData(MemoryMarshal.AsBytes(data.TrainingRows.Span));
        hash.AppendData(MemoryMarshal.AsBytes(data.ValidationRows.Span));
        return new TrainingFingerprint(Digits(SHA256.HashData(OnnxFile.ToBytes(graph.Graph))), Digits(SHA256.HashData(Encoding.UTF8.GetBytes($"{options.GetType().Name}\n{text}\n{random.State}"))), Digits(hash.GetHashAndReset()));
    }

    private static string Digits(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash[..16]);
}
