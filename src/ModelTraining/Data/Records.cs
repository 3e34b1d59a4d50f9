using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace ModelTraining;

/// <summary>
/// Objects in memory as a source of rows: records, classes, structs and anonymous types. Each public property that can be read is a column, by its name and
/// in the order of declaration: whole numbers are Integer; float, double and decimal are Number; bool is Boolean; DateTime, DateOnly and
/// DateTimeOffset (its UTC time) are DateTime; string, char, Guid and enums are Text; float[], memory of float, byte[], int[] and long[] are Tensor: the pixels of a picture, the ids of a text's tokens. Missing values are null, NaN,
/// <see cref="DateTime.MinValue"/> and, in text, what <see cref="TextFormat.IsMissing"/> says.
/// </summary>
public static class Records
{
    /// <summary>The objects of <paramref name="records"/>, which is enumerated once a run.</summary>
    /// <typeparam name="T">The type whose properties are the columns.</typeparam>
    /// <param name="records">The objects, one a row.</param>
    /// <param name="label">The property that the model learns to predict.</param>
    /// <param name="configure">Gives more roles. A property that is ignored and of a type that no column has is left out.</param>
    public static IDataSource Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IEnumerable<T> records, string? label = null, Func<ColumnRoles, ColumnRoles>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        var roles = new ColumnRoles { Label = label };
        return new RecordSource<T>(records, configure?.Invoke(roles) ?? roles);
    }

    /// <summary>The objects of <paramref name="records"/> as they come, which is enumerated once a run, with the run's token. What can be enumerated both ways, as a query of a database, is enumerated this way.</summary>
    /// <typeparam name="T">The type whose properties are the columns.</typeparam>
    /// <param name="records">The objects, one a row.</param>
    /// <param name="label">The property that the model learns to predict.</param>
    /// <param name="configure">Gives more roles. A property that is ignored and of a type that no column has is left out.</param>
    [OverloadResolutionPriority(1)]
    public static IDataSource Of<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(
        IAsyncEnumerable<T> records, string? label = null, Func<ColumnRoles, ColumnRoles>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        var roles = new ColumnRoles { Label = label };
        return new AsyncRecordSource<T>(records, configure?.Invoke(roles) ?? roles);
    }
}
