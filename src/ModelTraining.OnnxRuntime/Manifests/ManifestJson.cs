using System.Text.Json.Serialization;

namespace ModelTraining;

/// <summary>How a manifest is written as JSON, without reflection.</summary>
[JsonSerializable(typeof(ModelManifest))]
[JsonSerializable(typeof(ManifestVersion))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    RespectNullableAnnotations = true)]
internal sealed partial class ManifestJson : JsonSerializerContext;

/// <summary>The part of a manifest that tells whether the rest can be read.</summary>
internal sealed record ManifestVersion(int FormatVersion);
