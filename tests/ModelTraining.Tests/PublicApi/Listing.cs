using System.Reflection;
using System.Text;

namespace ModelTraining.Tests.PublicApi;

/// <summary>The public surface of an assembly as text: a line a member, sorted.</summary>
internal static class Listing
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().Where(type => !type.Name.StartsWith('<')).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(Name(type)).Append('\n');
            if (type.IsEnum)
            {
                foreach (var name in Enum.GetNames(type)) text.Append("  ").Append(name).Append('\n');
                continue;
            }

            foreach (var line in type.GetMembers(Declared).Select(Line).OfType<string>().Distinct().Order(StringComparer.Ordinal)) text.Append("  ").Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsInterface: true } => "interface",
        { IsValueType: true } => "struct",
        { IsAbstract: true, IsSealed: true } => "static class",
        { IsAbstract: true } => "abstract class",
        { IsSealed: true } => "sealed class",
        _ => "class",
    };

    private static string? Line(MemberInfo member) => member switch
    {
        // What the compiler writes for records says nothing that the properties do not say.
        { Name: "<Clone>$" or "Equals" or "GetHashCode" or "PrintMembers" or "Deconstruct" or "EqualityContract" or "op_Equality" or "op_Inequality" } => null,
        ConstructorInfo constructor when Visible(constructor) && !constructor.IsStatic && constructor.GetParameters() is not [{ } only] => $"new({Parameters(constructor)})",
        ConstructorInfo constructor when Visible(constructor) && !constructor.IsStatic && constructor.GetParameters()[0].ParameterType != constructor.DeclaringType => $"new({Parameters(constructor)})",
        MethodInfo { IsSpecialName: true } accessor when !accessor.Name.StartsWith("op_", StringComparison.Ordinal) => null,
        MethodInfo method when Visible(method) => $"{(method.IsStatic ? "static " : "")}{Name(method.ReturnType)} {method.Name}({Parameters(method)})",
        PropertyInfo property when (property.GetMethod ?? property.SetMethod) is { } accessor && Visible(accessor) =>
            $"{(accessor.IsStatic ? "static " : "")}{Name(property.PropertyType)} {property.Name}{(property.GetIndexParameters().Length > 0 ? $"[{string.Join(", ", property.GetIndexParameters().Select(parameter => Name(parameter.ParameterType)))}]" : "")} {{{(property.GetMethod is { } get && Visible(get) ? " get;" : "")}{(property.SetMethod is { } set && Visible(set) ? " set;" : "")} }}",
        FieldInfo field when field.IsPublic || field.IsFamily => $"{(field.IsStatic ? "static " : "")}{Name(field.FieldType)} {field.Name}",
        _ => null,
    };

    private static bool Visible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = …" : "")}"));

    private static string Name(Type type)
    {
        if (type.IsByRef) return $"ref {Name(type.GetElementType()!)}";
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[]";
        if (type.IsGenericParameter) return type.Name;
        if (Nullable.GetUnderlyingType(type) is { } underlying) return $"{Name(underlying)}?";
        var name = type.IsNested ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
