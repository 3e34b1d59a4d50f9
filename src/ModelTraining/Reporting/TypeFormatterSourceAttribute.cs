using System.Diagnostics.CodeAnalysis;

namespace ModelTraining;

/// <summary>
/// Names the type that makes formatters for notebooks. .NET Interactive finds the attribute by its name and its properties, in any namespace, so that a library needs no
/// reference to it (dotnet/interactive, docs/formatting.md, "TypeFormatterSourceAttribute").
/// </summary>
/// <param name="formatterSourceType">Has a public constructor without parameters, and a method <c>CreateTypeFormatters</c>.</param>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute([DynamicallyAccessedMembers(TypeFormatterSourceAttribute.Needed)] Type formatterSourceType) : Attribute
{
    private const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicParameterlessConstructor | DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.PublicProperties;

    /// <summary>The type that makes the formatters.</summary>
    [DynamicallyAccessedMembers(Needed)]
    public Type FormatterSourceType => formatterSourceType;

    /// <summary>The MIME types to show by, the best first.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
