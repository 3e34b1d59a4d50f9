using System.Diagnostics.CodeAnalysis;

namespace ModelTraining;

/// <summary>Rows that are objects of the caller, whose properties are read on the caller's thread.</summary>
internal sealed class ObjectRows<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicProperties)] T>(IReadOnlyList<T> rows, RowPlan<T> plan) : RowSource
{
    public override int Count => rows.Count;

    public override bool IsThreadSafe => false;

    public override void Fill(BoundBatch batch, int start)
    {
        for (var i = 0; i < batch.Rows; i++) plan.Fill(rows[start + i], new RowTarget(batch, i, start + i));
    }
}
