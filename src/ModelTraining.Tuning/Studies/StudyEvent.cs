using System.Text.Json.Serialization;

namespace ModelTraining;

/// <summary>One thing that happened in a study: a line of its storage. What a study is, is what its events make of it, one after the other.</summary>
internal sealed record StudyEvent
{
    /// <summary>study, ask, claim, pulse, report, tell or release.</summary>
    public required string Kind { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it: machine, process and study object.</summary>
    public string? Worker { get; init; }

    public int? Trial { get; init; }

    /// <summary>Of ask.</summary>
    public IReadOnlyDictionary<string, double>? Parameters { get; init; }

    /// <summary>Of report.</summary>
    public int? Step { get; init; }

    /// <summary>Of report.</summary>
    public double? Value { get; init; }

    /// <summary>Of tell.</summary>
    public TrialState? State { get; init; }

    /// <summary>Of tell.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>Of tell.</summary>
    public IReadOnlyList<double>? Constraints { get; init; }

    /// <summary>Of tell.</summary>
    public string? Reason { get; init; }

    /// <summary>Of study, as are those below.</summary>
    public int? Version { get; init; }

    public IReadOnlyList<string>? Space { get; init; }

    public IReadOnlyList<MetricDirection>? Directions { get; init; }

    public ulong? Seed { get; init; }

    public string? Subject { get; init; }
}

[JsonSerializable(typeof(StudyEvent))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true,
    RespectNullableAnnotations = true, NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals)]
internal sealed partial class StudyJson : JsonSerializerContext;
