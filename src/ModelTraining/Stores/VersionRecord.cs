using System.Text.Json.Serialization;

namespace ModelTraining;

/// <summary>What a version's folder says of it, beside the manifest.</summary>
internal sealed record VersionRecord(DateTimeOffset SavedAt, long Bytes, string Sha256);

[JsonSerializable(typeof(VersionRecord))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true, WriteIndented = true)]
internal sealed partial class VersionJson : JsonSerializerContext;
