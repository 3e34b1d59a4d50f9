using System.Numerics;

namespace ModelTraining;

/// <summary>The sum of any number of tensors of one shape, in one pass: gradients that reach a value on several paths.</summary>
internal sealed unsafe class SumKernel(int terms) : Kernel
{
    private readonly nint[] _terms = new nint[terms];
    private float* _result;
    private long _count;

    public override void Run(in KernelCall call)
    {
        var first = call.Input(0);
        for (var i = 0; i < _terms.Length; i++) _terms[i] = (nint)call.Input(i).Memory;
        _result = call.Output(0, first.Shape);
        _count = first.Count;
        call.ForEach(this, Parts(_count));
    }

    public override void Part(int part)
    {
        var end = Math.Min(_count, (part + 1L) * PartSize);
        var i = (long)part * PartSize;
        for (; i <= end - Vector<float>.Count; i += Vector<float>.Count)
        {
            var sum = Vector.Load((float*)_terms[0] + i);
            for (var term = 1; term < _terms.Length; term++) sum += Vector.Load((float*)_terms[term] + i);
            sum.Store(_result + i);
        }

        for (; i < end; i++)
        {
            var sum = ((float*)_terms[0])[i];
            for (var term = 1; term < _terms.Length; term++) sum += ((float*)_terms[term])[i];
            _result[i] = sum;
        }
    }
}
