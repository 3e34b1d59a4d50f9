namespace ModelTraining;

/// <summary>
/// The last node of a step: the optimizer's pass over the weights, on the threads that computed the gradients. They are still awake; threads of our own would wake up to find
/// them spinning on the processors.
/// </summary>
internal sealed class UpdateWeightsKernel(WeightPass pass) : Kernel
{
    private static readonly long[] One = [1];

    public override unsafe void Run(in KernelCall call)
    {
        *call.Output(0, One) = 0;
        pass.Run(*call.Input(0).Floats, this, call);
    }

    public override void Part(int part) => pass.Part(part);
}
