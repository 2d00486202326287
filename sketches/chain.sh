# rows (restartable), then the notebook and its solutions; run as: /tmp/slot bash /tmp/n17/chain.sh
cd /work/wt/n17; . /work/main/.venv/bin/activate; unset VIRTUAL_ENV
export PYTHONPATH=$PWD GAN_COURSE_DATA=/work/shared/data OMP_NUM_THREADS=1 TQDM_DISABLE=1 GAN_COURSE_PROFILE=cpu
python benchmarks/sounds.py || exit 1
for nb in notebooks/17_audio_gan.ipynb notebooks/solutions/17_audio_gan.ipynb; do
python -m nbconvert --to notebook --execute --ExecutePreprocessor.timeout=3600 --ExecutePreprocessor.record_timing=False --inplace $nb; done
