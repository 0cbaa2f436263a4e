// VitePress's own theme without its fonts: the ones of the reader's system are used.
import Theme from 'vitepress/theme-without-fonts';
import './site.css';

export default Theme;
