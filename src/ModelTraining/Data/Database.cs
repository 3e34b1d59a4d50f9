using System.Data.Common;

namespace ModelTraining;

/// <summary>
/// Rows of a database, by any ADO.NET provider. They are read once, forwards, as they come. The types are the reader's: bool is Boolean, whole numbers are Integer,
/// real and decimal numbers are Number, dates and times with a date are DateTime (in UTC where they have an offset), text and Guid are Text, float[] is Tensor;
/// NULL is a missing value.
/// </summary>
public static class Database
{
    /// <summary>The rows that are left of <paramref name="reader"/>'s current result. It can be read once, and is left open. Of a DataTable, <c>table.CreateDataReader()</c> is such a reader.</summary>
    /// <param name="reader">The reader, for example of a command with parameters.</param>
    /// <param name="label">The column that the model learns to predict.</param>
    /// <param name="configure">Gives more roles. A column that is ignored and of a type that no column has is left out.</param>
    public static IDataSource Reader(DbDataReader reader, string? label = null, Func<ColumnRoles, ColumnRoles>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new DatabaseSource(reader, Roles(label, configure));
    }

    /// <summary>The rows of a query. Each run opens a connection of its own.</summary>
    /// <param name="database">Gives connections.</param>
    /// <param name="sql">The query.</param>
    /// <param name="label">The column that the model learns to predict.</param>
    /// <param name="configure">Gives more roles. A column that is ignored and of a type that no column has is left out.</param>
    public static IDataSource Query(DbDataSource database, string sql, string? label = null, Func<ColumnRoles, ColumnRoles>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        return new DatabaseSource(database.CreateConnection, ownsConnection: true, sql, Roles(label, configure));
    }

    /// <summary>The rows of a query. The connection is opened for a run where it is not open, and then closed again.</summary>
    /// <param name="connection">The connection. Nothing else may use it during a run.</param>
    /// <param name="sql">The query.</param>
    /// <param name="label">The column that the model learns to predict.</param>
    /// <param name="configure">Gives more roles. A column that is ignored and of a type that no column has is left out.</param>
    public static IDataSource Query(DbConnection connection, string sql, string? label = null, Func<ColumnRoles, ColumnRoles>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(sql);
        return new DatabaseSource(() => connection, ownsConnection: false, sql, Roles(label, configure));
    }

    private static ColumnRoles Roles(string? label, Func<ColumnRoles, ColumnRoles>? configure)
    {
        var roles = new ColumnRoles { Label = label };
        return configure?.Invoke(roles) ?? roles;
    }
}
